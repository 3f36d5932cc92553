// This domain's jobs. Payload = ids; handlers read the state anew and end in a named outcome.
import { z } from 'zod';
import { defineJob } from '#platform/jobs/index.ts';

/** Hands a text to the carrier. What it loses, the sweep of due texts finds. */
export const sendMessageJob = defineJob({
  name: 'messages.send',
  payload: z.object({ accountId: z.uuid(), messageId: z.uuid() }),
  retryLimit: 3,
  retryDelaySeconds: 2,
  retryBackoff: true,
  expireInSeconds: 60,
});

/** Ends the texts that wait for somebody who opted out. */
export const cancelOptedOutJob = defineJob({
  name: 'messages.cancel-opted-out',
  payload: z.object({ accountId: z.uuid(), consentId: z.uuid() }),
  retryLimit: 5,
  retryDelaySeconds: 2,
  retryBackoff: true,
  expireInSeconds: 60,
});

/** Brings what came with a text into our storage. */
export const fetchMediaJob = defineJob({
  name: 'messages.fetch-media',
  payload: z.object({ accountId: z.uuid(), mediaId: z.uuid() }),
  // about a day: the carrier keeps it for longer, and what keeps us from it passes or is set right
  retryLimit: 30,
  retryDelaySeconds: 3,
  retryBackoff: true,
  retryDelayMaxSeconds: 3_600,
  expireInSeconds: 60,
});

/** Forgets what no limit counts any more of erased texts; to be scheduled once an hour. */
export const purgeErasedTextsJob = defineJob({
  name: 'messages.purge-erased-texts',
  payload: z.object({}),
  retryLimit: 3,
  retryDelaySeconds: 60,
  retryBackoff: true,
  expireInSeconds: 300,
});
