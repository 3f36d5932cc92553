// Calls: from the ring on a tracking number to the recording in our storage. machine.ts decides, receive.ts and
// step-call.ts carry it out in one transaction per step, intake.ts runs them in a process. Later domains read a call
// through Call and its recordings through readyRecording; copyMuted and settleRedaction take what redaction hid out of
// the sound.
export { announceChange } from './announce-change.ts';
export { arrivalOf } from './arrival-of.ts';
export { catchUpAccountHandler, catchUpHandler } from './catch-up-webhooks.ts';
export { changeCallIn } from './change-call.ts';
export { eraseCall, removeLeftMedia } from './erase-call.ts';
export { expireRecordingsHandler } from './expire-recordings.ts';
export { fetchRecordingHandler } from './fetch-recording.ts';
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
  settleRedaction,
} from './mute-recording.ts';
export { companyOfCall } from './read-calls.ts';
export { isRedacted, linkToRecording, readRecordingLink } from './recording-link.ts';
export {
  findRecordingOfCall,
  type RecordingOfCall,
  readyRecording,
  storedRecording,
} from './recordings.ts';
export { removeLateRecordingHandler, removeRecordingHandler } from './remove-recording.ts';
export { removeRecordingFileHandler } from './remove-recording-file.ts';
export { Call, Recording, RecordingKind } from './schema.ts';
