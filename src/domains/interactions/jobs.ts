// This domain's jobs; who does them stands in keep-inbox.ts.
import { z } from 'zod';
import { defineJob } from '#platform/jobs/index.ts';

/** Brings back what was put off, and tells of what nobody answered in time; to be scheduled every minute. */
export const keepInboxJob = defineJob({
  name: 'interactions.keep-inbox',
  payload: z.object({}),
  retryLimit: 2,
  retryDelaySeconds: 10,
  expireInSeconds: 300,
});
