// This domain's jobs. Payload = ids.
import { z } from 'zod';
import { defineJob } from '#platform/jobs/index.ts';

/** Says what brought an interaction. `again`: it has become somebody's, or has got its visit, since it was judged. */
export const attributeInteractionJob = defineJob({
  name: 'attribution.attribute-interaction',
  payload: z.object({
    accountId: z.uuid(),
    interactionId: z.uuid(),
    again: z.boolean().optional(),
  }),
  // an hour and more: it comes once, and nobody looks for what it left
  retryLimit: 12,
  retryDelaySeconds: 2,
  retryBackoff: true,
  expireInSeconds: 60,
});

/** Drops what visitors claimed long ago. To be scheduled once a day. */
export const purgeClaimsJob = defineJob({
  name: 'attribution.purge-claims',
  payload: z.object({}),
  retryLimit: 5,
  retryDelaySeconds: 60,
  retryBackoff: true,
  expireInSeconds: 3_600,
});
