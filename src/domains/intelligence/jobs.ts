// This domain's jobs. Payload = ids.
import { z } from 'zod';
import { defineJob } from '#platform/jobs/index.ts';

const payload = z.object({ accountId: z.uuid(), transcriptId: z.uuid() });

/** how long one reading may take, in parts and with a second try */
export const DRAWING_SECONDS = 900;

const talk = payload.extend({ isPast: z.boolean().optional() });
/** A transcript; `isPast` where it is looked through again since more of it was hidden (absent = it is new, or edited). */
export type SpotKeywords = z.output<typeof talk>;

/** Looks a transcript through for the keywords of its company. */
export const spotKeywordsJob = defineJob({
  name: 'intelligence.spot-keywords',
  payload: talk,
  // hours: it comes once, and nobody looks for what it left
  retryLimit: 12,
  retryDelaySeconds: 5,
  retryBackoff: true,
  expireInSeconds: 120,
});

const live = z.object({ accountId: z.uuid(), callId: z.uuid(), n: z.number() });
/** A call that goes on, and the newest that was said on it then. */
export type SpotLive = z.output<typeof live>;

/** Looks what was said so far on a call through for keywords. */
export const spotLiveJob = defineJob({
  name: 'intelligence.spot-live',
  payload: live,
  retryLimit: 3,
  retryDelaySeconds: 1,
  retryBackoff: true,
  expireInSeconds: 60,
});

/** Forgets keywords of calls of which no transcript came. */
export const purgeLiveKeywordsJob = defineJob({
  name: 'intelligence.purge-live-keywords',
  payload: z.object({}),
  retryLimit: 0,
  retryDelaySeconds: 0,
  expireInSeconds: 60,
});

const history = z.object({ accountId: z.uuid(), setId: z.uuid(), startedFrom: z.iso.datetime() });
/** A set, and since when calls that began are looked through for it. */
export type ScanHistory = z.output<typeof history>;

/** Looks calls gone by through for a set of keywords; what was cut off goes on at the next try. */
export const scanHistoryJob = defineJob({
  name: 'intelligence.scan-history',
  payload: history,
  retryLimit: 20,
  retryDelaySeconds: 5,
  expireInSeconds: 60 * 60,
});

/** whoever asked for it said that what people made of what stands may go; absent = they did not */
const replaceReviewed = z.boolean().optional();

const leadDrawing = z.object({
  ...{ accountId: z.uuid(), leadId: z.uuid() },
  /** when somebody asked for it, also where a model had given no answer before */
  askedAt: z.iso.datetime().optional(),
  replaceReviewed,
});
/** A lead whose history is to be read, and why. */
export type LeadDrawing = z.output<typeof leadDrawing>;

/** Draws insights from all that a lead said and wrote by the rules of this server, or leaves that to the job of the model. */
export const drawLeadInsightsJob = defineJob({
  name: 'intelligence.draw-lead-insights',
  payload: leadDrawing,
  inTurn: true,
  retryLimit: 8,
  retryDelaySeconds: 5,
  retryBackoff: true,
  expireInSeconds: DRAWING_SECONDS,
});

/** Has a language model read all that a lead said and wrote: a queue of its own, as for calls. */
export const drawLeadInsightsRemotelyJob = defineJob({
  name: 'intelligence.draw-lead-insights-remotely',
  payload: leadDrawing,
  inTurn: true,
  retryLimit: 8,
  retryDelaySeconds: 5,
  retryBackoff: true,
  expireInSeconds: DRAWING_SECONDS,
});

const drawing = payload.extend({
  /** it was read before, and its words have changed since: of a call that may be years old */
  isPast: z.boolean().optional(),
  /** of such a one: a language model was asked about it before, and may be again */
  wasAssisted: z.boolean().optional(),
  /** when somebody asked to have it read, also if it was read in just this way before */
  askedAt: z.iso.datetime().optional(),
  replaceReviewed,
});
/** A transcript to be read, and why. */
export type Drawing = z.output<typeof drawing>;

/** Draws insights from a transcript by the rules of this server, or leaves that to the job of those that a model reads. */
export const drawInsightsJob = defineJob({
  name: 'intelligence.draw-insights',
  payload: drawing,
  inTurn: true,
  retryLimit: 8,
  retryDelaySeconds: 5,
  retryBackoff: true,
  expireInSeconds: DRAWING_SECONDS,
});

/** Has a language model read a transcript: a queue of its own, so that one that hangs stops no rules of this server. */
export const drawInsightsRemotelyJob = defineJob({
  name: 'intelligence.draw-insights-remotely',
  payload: drawing,
  inTurn: true,
  // a model that is busy is waited for through twenty minutes
  retryLimit: 8,
  retryDelaySeconds: 5,
  retryBackoff: true,
  expireInSeconds: DRAWING_SECONDS,
});

/** Reads a transcript for what its call may be about. */
export const findTermsJob = defineJob({
  name: 'intelligence.find-terms',
  payload,
  retryLimit: 5,
  retryDelaySeconds: 5,
  retryBackoff: true,
  expireInSeconds: 120,
});

/** Reads the transcripts that were not read for topics yet, or by other rules; what was cut off goes on at the next try. */
export const keepTermsJob = defineJob({
  name: 'intelligence.keep-terms',
  payload: z.object({}),
  retryLimit: 20,
  retryDelaySeconds: 5,
  expireInSeconds: 60 * 60,
});

/** All jobs of this domain. */
export const intelligenceJobs = [
  drawInsightsJob,
  drawInsightsRemotelyJob,
  drawLeadInsightsJob,
  drawLeadInsightsRemotelyJob,
  findTermsJob,
  keepTermsJob,
  purgeLiveKeywordsJob,
  scanHistoryJob,
  spotKeywordsJob,
  spotLiveJob,
];
