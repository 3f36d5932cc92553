// Transcripts: what was said on a recording, redacted before it is stored, and found again by its words. A stored
// recording whose tracker asked for it becomes a job; the job ends in transcript.ready, or in transcript.failed with the
// reason. The transaction that stores a transcript also puts it into the search index.
import type { AnyJobHandler } from '#platform/jobs/index.ts';
import { matchSearchesHandler } from './ask-searches.ts';
import { dropTranscriptHandler } from './drop-transcript.ts';
import { keepCopyHandler } from './keep-copy.ts';
import { keepRedactionHandler } from './keep-redaction.ts';
import { reindexHandler } from './reindex.ts';
import { repeatRedactionHandler } from './repeat-redaction.ts';
import { transcribeHandler, transcribeRemotelyHandler } from './transcribe.ts';

export { forgetTranscripts } from './forget-transcripts.ts';
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
export { redactionPolicy } from './read-redaction-policy.ts';
export {
  isAsRead,
  liveSegmentsOf,
  type ReadyTranscript,
  readyTranscript,
  startOfWord,
  startsOfWords,
} from './read-transcripts.ts';
export { receiveSpeech } from './receive-speech.ts';
export { redactTranscript } from './redact.ts';
export { Segment, Speaker } from './schema.ts';
export { searchSource } from './search-documents.ts';
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
