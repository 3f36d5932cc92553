// This domain's jobs. Who does them stands in send-transcript.ts and purge-transcripts.ts.
import { z } from 'zod';
import { defineJob } from '#platform/jobs/index.ts';

/** Writes and sends the mail with a chat's transcript. Tried for about two hours. */
export const sendChatTranscriptJob = defineJob({
  name: 'chats.send-transcript',
  payload: z.object({ accountId: z.uuid(), transcriptId: z.uuid() }),
  retryLimit: 10,
  retryDelaySeconds: 5,
  retryBackoff: true,
  expireInSeconds: 60,
});

/** Forgets mails that no limit counts any more; to be scheduled once an hour. */
export const purgeChatTranscriptsJob = defineJob({
  name: 'chats.purge-transcripts',
  payload: z.object({}),
  retryLimit: 3,
  retryDelaySeconds: 60,
  retryBackoff: true,
  expireInSeconds: 300,
});
