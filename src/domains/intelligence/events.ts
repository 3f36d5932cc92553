// What this domain announces. The words themselves are read when an event is resolved.
import { z } from 'zod';
import { defineEvent } from '#platform/events/index.ts';

const ids = { callId: z.uuid(), transcriptId: z.uuid() };

/** Absent = false: a call gone by was looked through again, which is no moment of its own. */
const isPast = z.boolean().optional();

/**
 * Keywords were found in other places than before: `hits` of them by now, none among that, for the sets named. `isLive`: on a
 * call that goes on, of which there is no transcript yet.
 */
export const keywordSpotted = defineEvent(
  'keyword.spotted',
  z.object({
    ...{ callId: z.uuid(), transcriptId: z.uuid().optional(), isLive: z.literal(true).optional() },
    setIds: z.array(z.uuid()),
    ...{ hits: z.number(), isPast },
  }),
);

/** Insights were drawn from a transcript. */
export const insightReady = defineEvent(
  'insight.ready',
  z.object({
    ...{ ...ids, engine: z.string(), insights: z.number() },
    /** they were drawn anew because more of a past call is hidden now */
    isPast: z.boolean().optional(),
  }),
);
/** Nothing will be drawn from a transcript; `reason` is a code. */
export const insightFailed = defineEvent(
  'insight.failed',
  z.object({ ...ids, engine: z.string(), reason: z.string() }),
);
