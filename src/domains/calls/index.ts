// Calls: from the ring on a tracking number to the recording in our storage. machine.ts decides, receive.ts and
// step-call.ts carry it out in one transaction per step, intake.ts runs them in a process. Later domains read a call
// through CallNode and its recordings through findRecordingForJob.
export { fetchRecordingHandler } from './fetch-recording.ts';
export { openCallIntake } from './intake.ts';
export { fetchRecordingJob } from './jobs.ts';

export { readRecordingLink } from './recording-link.ts';
export { type RecordingOfCall, readyRecording, storedRecording } from './recordings.ts';
export { Call } from './schema.ts';
