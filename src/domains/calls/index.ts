// Calls: from the ring on a tracking number to the recording in our storage. machine.ts decides, receive.ts and
// step-call.ts carry it out in one transaction per step, intake.ts runs them in a process. Later domains read a call
// through Call and its recordings through readyRecording.
export { catchUpHandler } from './catch-up-webhooks.ts';
export { fetchRecordingHandler } from './fetch-recording.ts';
export { openCallIntake } from './intake.ts';
export { catchUpJob, fetchRecordingJob } from './jobs.ts';
export { readRecordingLink } from './recording-link.ts';
export { type RecordingOfCall, readyRecording, storedRecording } from './recordings.ts';
export { Call } from './schema.ts';
