// This domain's job. Payload = ids; who does it stands in send-transcript.ts.
import { z } from 'zod';
import { defineJob } from '#platform/jobs/index.ts';

/** Writes and sends the mail with a chat's transcript. Tried for about two hours. */
export const sendTranscriptJob = defineJob({
  name: 'chats.send-transcript',
  payload: z.object({ accountId: z.uuid(), transcriptId: z.uuid() }),
  retryLimit: 10,
  retryDelaySeconds: 5,
  retryBackoff: true,
  expireInSeconds: 60,
});
