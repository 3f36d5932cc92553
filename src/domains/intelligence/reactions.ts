// Which events start this domain's jobs.
import { defineReaction } from '#platform/events/reactions.ts';
import { spotKeywordsJob } from './jobs.ts';

/** Every transcript is looked through for keywords. */
export const spotKeywordsInTranscripts = defineReaction({
  name: 'intelligence.spot-keywords',
  on: ['transcript.ready'],
  job: spotKeywordsJob,
  payload: ({ accountId, payload }) => ({ accountId, transcriptId: String(payload.transcriptId) }),
});
