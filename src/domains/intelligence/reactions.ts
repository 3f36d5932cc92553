// Which events start this domain's jobs.
import { defineReaction } from '#platform/events/reactions.ts';
import { drawInsightsJob, findTermsJob, spotKeywordsJob, spotLiveJob } from './jobs.ts';

/** Every transcript is looked through for keywords, and again when its words were changed. */
export const spotKeywordsInTranscripts = defineReaction({
  name: 'intelligence.spot-keywords',
  on: ['transcript.ready', 'transcript.edited'],
  job: spotKeywordsJob,
  payload: ({ accountId, payload }) => ({
    ...{ accountId, transcriptId: String(payload.transcriptId) },
    ...(payload.isPast === true && { isPast: true }),
  }),
});

/** What is said on a call is looked through while it goes on. */
export const spotKeywordsLive = defineReaction({
  name: 'intelligence.spot-live',
  on: ['transcript.segment'],
  job: spotLiveJob,
  payload: ({ accountId, payload }) => ({
    ...{ accountId, callId: String(payload.callId), n: Number(payload.n) },
  }),
});

/**
 * Every transcript is read for insights, where its company wants them, and again when its words were changed: once for the
 * changes of some minutes, since somebody who corrects a call changes many segments and each reading may be paid for.
 */
export const drawInsightsFromTranscripts = defineReaction({
  name: 'intelligence.draw-insights',
  on: ['transcript.ready', 'transcript.edited'],
  job: drawInsightsJob,
  payload: ({ accountId, payload }) => ({
    ...{ accountId, transcriptId: String(payload.transcriptId) },
    ...(payload.isPast ? { isPast: true, wasAssisted: payload.wasAssisted === true } : {}),
  }),
  gathers: ({ type, payload }) =>
    type === 'transcript.edited' ? String(payload.transcriptId) : null,
});

/** Every transcript is read for topics, and again when its words were changed. */
const findTermsInTranscripts = defineReaction({
  name: 'intelligence.find-terms',
  on: ['transcript.ready', 'transcript.edited'],
  job: findTermsJob,
  payload: ({ accountId, payload }) => ({ accountId, transcriptId: String(payload.transcriptId) }),
});

export const intelligenceReactions = [
  spotKeywordsInTranscripts,
  spotKeywordsLive,
  drawInsightsFromTranscripts,
  findTermsInTranscripts,
];
