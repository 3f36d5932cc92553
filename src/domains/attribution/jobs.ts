// This domain's job. Payload = ids.
import { z } from 'zod';
import { defineJob } from '#platform/jobs/index.ts';

/** Says what brought a call. */
export const attributeCallJob = defineJob({
  name: 'attribution.attribute-call',
  payload: z.object({ accountId: z.uuid(), callId: z.uuid() }),
  retryLimit: 5,
  retryDelaySeconds: 2,
  retryBackoff: true,
  expireInSeconds: 60,
});
