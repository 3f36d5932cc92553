// Which events start this domain's jobs.
import { defineReaction } from '#platform/events/reactions.ts';
import { dropTranscriptJob, matchSearchesJob, repeatRedactionJob, transcribeJob } from './jobs.ts';

/** A stored recording is transcribed when its tracker asked for it (L21: never without that). */
const transcribeRecordings = defineReaction({
  name: 'transcripts.transcribe-recordings',
  on: ['call.recording_ready'],
  job: transcribeJob,
  payload: ({ accountId, payload }) =>
    payload.transcribe === true ? { accountId, recordingId: String(payload.recordingId) } : null,
});

/** A transcript goes with its recording, where the company wants it so. */
const dropTranscripts = defineReaction({
  name: 'transcripts.drop-transcripts',
  on: ['call.updated'],
  job: dropTranscriptJob,
  payload: ({ accountId, payload }) =>
    typeof payload.deletedRecordingId === 'string'
      ? { accountId, recordingId: payload.deletedRecordingId }
      : null,
});

/** Where an edit has hidden something, the sound and what was read in the old words follow. */
const followEdits = defineReaction({
  name: 'transcripts.follow-edits',
  on: ['transcript.edited'],
  job: repeatRedactionJob,
  payload: ({ accountId, payload }) =>
    Number(payload.redactions) > 0
      ? { accountId, transcriptId: String(payload.transcriptId), isEdited: true }
      : null,
});

/** The saved searches are asked about every transcript, and again when a person changed its words; not when more of a past
 * one was hidden: nothing new was said. */
const matchSearchesToTranscripts = defineReaction({
  name: 'transcripts.match-searches',
  on: ['transcript.ready', 'transcript.edited'],
  job: matchSearchesJob,
  payload: ({ accountId, payload }) =>
    payload.isPast === true ? null : { accountId, transcriptId: String(payload.transcriptId) },
});

export const transcriptReactions = [
  dropTranscripts,
  followEdits,
  transcribeRecordings,
  matchSearchesToTranscripts,
];
