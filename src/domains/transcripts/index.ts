// Transcripts: what was said on a recording, redacted before it is stored. A stored recording whose tracker asked for it
// becomes a job; the job ends in transcript.ready, or in transcript.failed with the reason.
export { transcribeJob } from './jobs.ts';
export { type ReadyTranscript, readyTranscript, startOfWord } from './read-transcripts.ts';
export { Segment, Speaker, segmentId } from './schema.ts';
export { transcribeHandler } from './transcribe.ts';
