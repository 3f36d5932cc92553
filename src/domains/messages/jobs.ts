// This domain's jobs. Payload = ids; handlers read the state anew and end in a named outcome.
import { z } from 'zod';
import { defineJob } from '#platform/jobs/index.ts';

/** Brings what came with a text into our storage. */
export const fetchMediaJob = defineJob({
  name: 'messages.fetch-media',
  payload: z.object({ accountId: z.uuid(), mediaId: z.uuid() }),
  retryLimit: 6,
  retryDelaySeconds: 3,
  retryBackoff: true,
  expireInSeconds: 60,
});
