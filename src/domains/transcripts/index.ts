// Transcripts: what was said on a recording, redacted before it is stored, and found again by its words. A stored
// recording whose tracker asked for it becomes a job; the job ends in transcript.ready, or in transcript.failed with the
// reason. The transaction that stores a transcript also puts it into the search index.

export { dropTranscriptHandler } from './drop-transcript.ts';
export { forgetTranscripts } from './forget-transcripts.ts';
export {
  dropTranscriptJob,
  keepCopyJob,
  keepRedactionJob,
  reindexJob,
  repeatRedactionJob,
  transcribeJob,
} from './jobs.ts';
export { keepCopyHandler } from './keep-copy.ts';
export { keepRedactionHandler } from './keep-redaction.ts';
export { redactionPolicy } from './read-redaction-policy.ts';
export {
  type ReadyTranscript,
  readyTranscript,
  startOfWord,
  startsOfWords,
} from './read-transcripts.ts';
export { redactTranscript } from './redact.ts';
export { reindexHandler } from './reindex.ts';
export { repeatRedactionHandler } from './repeat-redaction.ts';
export { Segment, Speaker } from './schema.ts';
export { searchSource } from './search-documents.ts';
export { segmentId } from './segment-id.ts';
export { transcribeHandler } from './transcribe.ts';
