// Transcripts: what was said on a recording, redacted before it is stored, and found again by its words. A stored
// recording whose tracker asked for it becomes a job (transcription/), which ends in transcript.ready, or in
// transcript.failed with the reason; the transaction that stores a transcript also puts it into the search index
// (search/). redaction/ hides in what is new and what is past, live/ holds the words of calls that go on, edits/ what people
// correct. Here stands what all of them share.
import type { AnyJobHandler } from '#platform/jobs/index.ts';
import { dropTranscriptHandler } from './drop-transcript.ts';
import { keepRedactionHandler } from './redaction/keep-redaction.ts';
import { repeatRedactionHandler } from './redaction/repeat-redaction.ts';
import { keepCopyHandler } from './search/keep-copy.ts';
import { reindexHandler } from './search/reindex.ts';
import { matchSearchesHandler } from './search/saved/ask-searches.ts';
import { transcribeHandler, transcribeRemotelyHandler } from './transcription/transcribe.ts';

export {
  dropTranscriptJob,
  keepCopyJob,
  keepRedactionJob,
  matchSearchesJob,
  reindexJob,
  repeatRedactionJob,
  transcribeJob,
  transcribeRemotelyJob,
} from './jobs.ts';
export { receiveSpeech } from './live/receive-speech.ts';
export {
  isAsRead,
  liveSegmentsOf,
  READABLE_REVISIONS,
  type ReadyTranscript,
  readyTranscript,
  startOfWord,
  startsOfWords,
} from './read-transcripts.ts';
export { finishedTranscripts, mayLeave } from './redaction/find-to-redact.ts';
export { knewNumberWords } from './redaction/known-language.ts';
export { redactionPolicy } from './redaction/read-redaction-policy.ts';
export { redactTranscript } from './redaction/redact.ts';
export { readsAsEnglish } from './redaction/rules/redact-english.ts';
export { knowsNumberWords, numberWordsOf } from './redaction/rules/redact-number-words.ts';
export { Segment, Speaker } from './schema.ts';
export { forgetTranscripts } from './search/forget-transcripts.ts';
export { searchSource } from './search/search-documents.ts';
export { segmentId } from './segment-id.ts';

type Needs = Parameters<typeof repeatRedactionHandler>[0] &
  Parameters<typeof transcribeHandler>[0] &
  Parameters<typeof keepCopyHandler>[0] &
  Parameters<typeof reindexHandler>[0];

/** Who does this domain's jobs. */
export function transcriptsJobHandlers(platform: Needs): AnyJobHandler[] {
  return [
    dropTranscriptHandler(platform),
    keepCopyHandler(platform),
    keepRedactionHandler(platform),
    matchSearchesHandler(platform),
    repeatRedactionHandler(platform),
    reindexHandler(platform),
    transcribeHandler(platform),
    transcribeRemotelyHandler(platform),
  ];
}
