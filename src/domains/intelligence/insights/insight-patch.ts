// What a person says of an insight, of a call or of a lead.
import { z } from 'zod';
import { LEAD_SCORES, SIGNALS } from '#platform/ai/index.ts';

const MAX_TEXT_CHARACTERS = 5_000;
const textError = `text takes 1 to ${MAX_TEXT_CHARACTERS} characters; hide an insight that is wrong.`;
const MAX_SUBJECT_CHARACTERS = 200;
const subjectError = `subject takes 1 to ${MAX_SUBJECT_CHARACTERS} characters.`;

/** The shape of it. */
export const insightPatch = z.object({
  insightId: z.uuid(),
  text: z.string(textError).trim().min(1, textError).max(MAX_TEXT_CHARACTERS, textError).optional(),
  subject: z
    .string(subjectError)
    .trim()
    .min(1, subjectError)
    .max(MAX_SUBJECT_CHARACTERS, subjectError)
    .optional(),
  leadScore: z.enum(LEAD_SCORES, `leadScore takes one of ${LEAD_SCORES.join(', ')}.`).optional(),
  removedSignals: z
    .array(z.enum(SIGNALS), 'removedSignals takes signals; an empty list takes all back.')
    .max(SIGNALS.length, `removedSignals takes at most ${SIGNALS.length}.`)
    .optional(),
  hidden: z.boolean('hidden takes true or false; leave it out to keep it as it is.').optional(),
  rating: z.enum(['HELPFUL', 'UNHELPFUL']).nullish(),
  expectedVersion: z.int().nullish(),
});

/** Absent = unchanged; rating null = taken back. A patch that changes nothing is a review all the same. */
export type InsightPatch = z.input<typeof insightPatch>;
