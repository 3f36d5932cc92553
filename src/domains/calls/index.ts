// Calls: from the ring on a tracking number to the recording in our storage. machine.ts decides, receive.ts and
// step-call.ts carry it out in one transaction per step, intake.ts runs them in a process. Later domains read a call
// through Call and its recordings through readyRecording; copyMuted and settleRedaction take what redaction hid out of
// the sound.
import type { AnyJobHandler } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { catchUpAccountHandler, catchUpHandler } from './catch-up-webhooks.ts';
import { expireRecordingsHandler } from './expire-recordings.ts';
import { fetchRecordingHandler } from './fetch-recording.ts';
import { removeLateRecordingHandler, removeRecordingHandler } from './remove-recording.ts';
import { removeRecordingFileHandler } from './remove-recording-file.ts';

export { announceChange } from './announce-change.ts';
export { ANSWERED_AT, ANSWERED_BY } from './answered-at.ts';
export { arrivalOf } from './arrival-of.ts';
export { changeCallIn } from './change-call.ts';
export { eraseCall, removeLeftMedia } from './erase-call.ts';
export { findLiveCall, type LiveCall } from './find-live-call.ts';
export { openCallIntake } from './intake.ts';
export {
  catchUpAccountJob,
  catchUpJob,
  expireRecordingsJob,
  fetchRecordingJob,
  removeLateRecordingJob,
  removeRecordingFileJob,
  removeRecordingJob,
} from './jobs.ts';
export { type TranscriptionTerms, transcriptionTerms } from './may-transcribe.ts';
export {
  copyMuted,
  type RedactedSound,
  reopenRedaction,
  reopenUnwritten,
  settleRedaction,
} from './mute-recording.ts';
export { type CallFilter, callsThatFit, companyOfCall } from './read-calls.ts';
export { isRedacted, linkToRecording, readRecordingLink } from './recording-link.ts';
export {
  findRecordingOfCall,
  type RecordingOfCall,
  readyRecording,
  storedRecording,
} from './recordings.ts';
export { Call, fieldsOfTraits, Recording, RecordingKind } from './schema.ts';
export { tellCondition } from './what-was-said.ts';

/** Who does this domain's jobs. */
export function callsJobHandlers(platform: Platform): AnyJobHandler[] {
  return [
    catchUpAccountHandler(platform),
    catchUpHandler(platform),
    expireRecordingsHandler(platform),
    fetchRecordingHandler(platform),
    removeLateRecordingHandler(platform),
    removeRecordingFileHandler(platform),
    removeRecordingHandler(platform),
  ];
}
