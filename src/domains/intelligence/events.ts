// What this domain announces. The words themselves are read when an event is resolved.
import { z } from 'zod';
import { defineEvent } from '#platform/events/index.ts';

const ids = { callId: z.uuid(), transcriptId: z.uuid() };

/** Keywords were found in a transcript: `hits` places, for the sets named. */
export const keywordSpotted = defineEvent(
  'keyword.spotted',
  z.object({ ...ids, setIds: z.array(z.uuid()), hits: z.number() }),
);

/** Insights were drawn from a transcript. */
export const insightReady = defineEvent(
  'insight.ready',
  z.object({ ...ids, engine: z.string(), insights: z.number() }),
);
/** Nothing will be drawn from a transcript; `reason` is a code. */
export const insightFailed = defineEvent(
  'insight.failed',
  z.object({ ...ids, engine: z.string(), reason: z.string() }),
);
