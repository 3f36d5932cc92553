// This domain's jobs. Payload = ids.
import { z } from 'zod';
import { defineJob } from '#platform/jobs/index.ts';

/** Writes a stored recording down, or leaves that to the job of the recordings that a provider hears. */
export const transcribeJob = defineJob({
  name: 'transcripts.transcribe',
  payload: z.object({ accountId: z.uuid(), recordingId: z.uuid() }),
  // who fetches the recordings of a year keeps nobody's voicemail waiting
  inTurn: true,
  retryLimit: 5,
  retryDelaySeconds: 5,
  retryBackoff: true,
  // longer than the longest call, four hours, may take: the engine has its own limit, two and a half times as long as the sound
  expireInSeconds: 11 * 60 * 60,
});

/** Has a provider write a stored recording down: a queue of its own, so that one that hangs stops no engine inside. */
export const transcribeRemotelyJob = defineJob({
  name: 'transcripts.transcribe-remotely',
  payload: z.object({ accountId: z.uuid(), recordingId: z.uuid() }),
  inTurn: true,
  // about a day: an outage passes, and a key that is not taken is set right. Of tries that may be paid for there are fewer,
  // over half an hour at least where what came was no answer: see transcription/count-tries.ts
  retryLimit: 30,
  // one that did not answer in time is put off behind those that wait
  retryDelaySeconds: 30,
  retryBackoff: true,
  retryDelayMaxSeconds: 3_600,
  expireInSeconds: 5 * 60 * 60,
});

/** Deletes the transcript of a recording that is gone, unless the company keeps transcripts. */
export const dropTranscriptJob = defineJob({
  name: 'transcripts.drop',
  payload: z.object({ accountId: z.uuid(), recordingId: z.uuid() }),
  retryLimit: 10,
  retryDelaySeconds: 5,
  retryBackoff: true,
  expireInSeconds: 60,
});

/** Sends what changed to the copy of the search index; what was cut off is sent by the next one. */
export const keepCopyJob = defineJob({
  name: 'transcripts.keep-copy',
  payload: z.object({}),
  retryLimit: 0,
  retryDelaySeconds: 0,
  // building a copy of many calls takes that long; where it is cut off, the next one goes on
  expireInSeconds: 30 * 60,
});

/** Redacts a past transcript anew; see keepRedactionJob. `isEdited`: somebody has hidden something, which still is heard. */
export const repeatRedactionJob = defineJob({
  name: 'transcripts.repeat-redaction',
  payload: z.object({
    accountId: z.uuid(),
    transcriptId: z.uuid(),
    isEdited: z.boolean().optional(),
  }),
  inTurn: true,
  // and before all that is redacted again since a company wants more hidden
  goesFirst: ({ isEdited }) => isEdited === true,
  retryLimit: 5,
  retryDelaySeconds: 5,
  retryBackoff: true,
  expireInSeconds: 30 * 60,
});

/** Finds the transcripts that are to be redacted again, and what was heard that is to be dropped. */
export const keepRedactionJob = defineJob({
  name: 'transcripts.keep-redaction',
  payload: z.object({}),
  retryLimit: 0,
  retryDelaySeconds: 0,
  expireInSeconds: 10 * 60,
});

/** Brings the search index up to date; what was cut off goes on at the next try. */
export const reindexJob = defineJob({
  name: 'transcripts.reindex',
  /** onlyIfDue: nothing is looked at when the last one ended under the same rules for words */
  payload: z.object({ onlyIfDue: z.boolean() }),
  retryLimit: 20,
  retryDelaySeconds: 5,
  // longer than another process takes to build the copy
  retryBackoff: true,
  retryDelayMaxSeconds: 300,
  expireInSeconds: 60 * 60,
});

/** Asks the account's saved searches about a transcript that has come, or was edited. */
export const matchSearchesJob = defineJob({
  name: 'transcripts.match-searches',
  payload: z.object({ accountId: z.uuid(), transcriptId: z.uuid() }),
  retryLimit: 5,
  retryDelaySeconds: 5,
  retryBackoff: true,
  expireInSeconds: 120,
});
