// This domain's job. Payload = ids.
import { z } from 'zod';
import { defineJob } from '#platform/jobs/index.ts';

/** Says what brought an interaction. `again`: it has become somebody's since it was judged. */
export const attributeInteractionJob = defineJob({
  name: 'attribution.attribute-interaction',
  payload: z.object({
    accountId: z.uuid(),
    interactionId: z.uuid(),
    again: z.boolean().optional(),
  }),
  retryLimit: 5,
  retryDelaySeconds: 2,
  retryBackoff: true,
  expireInSeconds: 60,
});
