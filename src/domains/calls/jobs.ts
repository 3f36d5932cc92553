// This domain's jobs. Payload = ids; handlers read the state anew and end in a named outcome.
import { z } from 'zod';
import { defineJob } from '#platform/jobs/index.ts';

/** Brings a recording from the carrier, whose links live ten minutes, into our storage. */
export const fetchRecordingJob = defineJob({
  name: 'calls.fetch-recording',
  payload: z.object({ accountId: z.uuid(), recordingId: z.uuid() }),
  // about a day: the carrier keeps it, so an outage passes, a disk is made larger and a key that is not taken is set right
  retryLimit: 30,
  retryDelaySeconds: 5,
  retryBackoff: true,
  retryDelayMaxSeconds: 3_600,
  expireInSeconds: 300,
});

/** Removes a stored file of a recording, unless it is the one that is served. */
export const removeRecordingFileJob = defineJob({
  name: 'calls.remove-recording-file',
  payload: z.object({ accountId: z.uuid(), recordingId: z.uuid(), storageKey: z.string() }),
  retryLimit: 20,
  retryDelaySeconds: 10,
  retryBackoff: true,
  expireInSeconds: 60,
});

/** Gives each account a job that catches up; at the start of a server, and every ten minutes. */
export const catchUpJob = defineJob({
  name: 'calls.catch-up',
  payload: z.object({}),
  retryLimit: 2,
  retryDelaySeconds: 30,
  expireInSeconds: 300,
});

/** Asks an account's carrier for webhooks that never reached us. */
export const catchUpAccountJob = defineJob({
  name: 'calls.catch-up-account',
  payload: z.object({ accountId: z.uuid() }),
  retryLimit: 2,
  retryDelaySeconds: 30,
  expireInSeconds: 300,
});

/** Removes the audio of a recording that was deleted or has expired. */
export const removeRecordingJob = defineJob({
  name: 'calls.remove-recording',
  payload: z.object({ accountId: z.uuid(), recordingId: z.uuid() }),
  retryLimit: 8,
  retryDelaySeconds: 5,
  retryBackoff: true,
  expireInSeconds: 120,
});

/** Deletes at the carrier what it told to have recorded when the call was erased already. */
export const removeLateRecordingJob = defineJob({
  name: 'calls.remove-late-recording',
  payload: z.object({ accountId: z.uuid(), session: z.string() }),
  retryLimit: 30,
  retryDelaySeconds: 5,
  retryBackoff: true,
  expireInSeconds: 120,
});

/** Ends the recordings that companies no longer keep; to be scheduled once a day. */
export const expireRecordingsJob = defineJob({
  name: 'calls.expire-recordings',
  payload: z.object({}),
  retryLimit: 5,
  retryDelaySeconds: 60,
  retryBackoff: true,
  expireInSeconds: 3_600,
});
