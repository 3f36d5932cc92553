// Which events start this domain's jobs.
import { defineReaction } from '#platform/events/reactions.ts';
import { drawInsightsJob, spotKeywordsJob } from './jobs.ts';

/** Every transcript is looked through for keywords. */
export const spotKeywordsInTranscripts = defineReaction({
  name: 'intelligence.spot-keywords',
  on: ['transcript.ready'],
  job: spotKeywordsJob,
  payload: ({ accountId, payload }) => ({ accountId, transcriptId: String(payload.transcriptId) }),
});

/** Every transcript is read for insights, where its company wants them. */
export const drawInsightsFromTranscripts = defineReaction({
  name: 'intelligence.draw-insights',
  on: ['transcript.ready'],
  job: drawInsightsJob,
  payload: ({ accountId, payload }) => ({ accountId, transcriptId: String(payload.transcriptId) }),
});
