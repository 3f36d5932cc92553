// Transcripts: what was said on a recording, redacted before it is stored. A stored recording whose tracker asked for it
// becomes a job; the job ends in transcript.ready, or in transcript.failed with the reason.
export { transcribeJob } from './jobs.ts';
export { transcribeHandler } from './transcribe.ts';
