// What this domain announces.
import { z } from 'zod';
import { defineEvent } from '#platform/events/index.ts';

const ids = { callId: z.uuid(), transcriptId: z.uuid() };

/** Something was said on a call that goes on; `n` is its live segment. */
export const transcriptSegment = defineEvent(
  'transcript.segment',
  z.object({ callId: z.uuid(), n: z.number() }),
);
/** A recording has been written down, redacted. */
export const transcriptReady = defineEvent(
  'transcript.ready',
  z.object({
    ...{ ...ids, segments: z.number(), redactions: z.number() },
    /** it was ready before, and more of it is hidden now: of a call that may be years old */
    isPast: z.boolean().optional(),
    /** of such a one: a language model was asked about its words before */
    wasAssisted: z.boolean().optional(),
  }),
);
/** A person has changed the words of `segments` segments; it is the `edits`-th time. `redactions` were hidden by it. */
export const transcriptEdited = defineEvent(
  'transcript.edited',
  z.object({ ...ids, segments: z.number(), edits: z.number(), redactions: z.number() }),
);
/** A recording will not be written down; `reason` is a code of platform/speech, or a sentence. */
export const transcriptFailed = defineEvent(
  'transcript.failed',
  z.object({ ...ids, reason: z.string() }),
);
/** A saved search, as it stood at its `searchVersion`, finds a transcript that was edited `edits` times. */
export const searchMatched = defineEvent(
  'search.matched',
  z.object({ ...ids, savedSearchId: z.uuid(), searchVersion: z.number(), edits: z.number() }),
);
