// This domain's jobs. Payload = ids.
import { z } from 'zod';
import { defineJob } from '#platform/jobs/index.ts';

/** Writes a stored recording down. */
export const transcribeJob = defineJob({
  name: 'transcripts.transcribe',
  payload: z.object({ accountId: z.uuid(), recordingId: z.uuid() }),
  retryLimit: 2,
  retryDelaySeconds: 5,
  // longer than the longest call may take: the engine has its own limit by the length of the audio
  expireInSeconds: 5 * 60 * 60,
});
