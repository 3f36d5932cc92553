// What people may put into a rule, field by field.
import { z } from 'zod';
import { tagNameShape } from '#domains/interactions/index.ts';
import { LEAD_SCORES, SIGNALS } from '#platform/ai/index.ts';
import { CONDITION_SUBJECTS, type ConditionSubject, TRIGGERS } from './rule-words.ts';

export const MAX_RULES = 100;
const MAX_NAME_CHARACTERS = 100;
const MAX_CONDITIONS = 10;
const MAX_ACTIONS = 10;
const MAX_VALUES = 25;
const MAX_VALUE_CHARACTERS = 100;
const MAX_TAGS = 10;
const MAX_ADDRESSEES = 10;
const MAX_POINTS = 100;
const MAX_SECONDS = 86_400;
const MAX_POSITION = 10_000;

/** What takes only certain values. */
const WORDS: Partial<Record<ConditionSubject, readonly string[]>> = {
  KIND: ['CALL', 'CONVERSATION', 'FORM', 'CHAT'],
  DIRECTION: ['INBOUND', 'OUTBOUND'],
  OUTCOME: ['ANSWERED', 'MISSED', 'ABANDONED', 'VOICEMAIL', 'BUSY', 'FAILED'],
  LEAD_STATUS: ['GOOD_LEAD', 'NOT_A_LEAD', 'PREVIOUSLY_MARKED_GOOD_LEAD', 'NOT_SCORED'],
  LEAD_SCORE: LEAD_SCORES,
  SIGNAL: SIGNALS,
};
/** What takes no values at all. */
const VALUELESS: readonly ConditionSubject[] = ['DURATION_SECONDS', 'FIRST_CONTACT'];
/** What takes ids of things of the account: by which field, and what they are. */
export const ID_FIELDS: Partial<
  Record<ConditionSubject, { field: 'trackerIds' | 'keywordSetIds'; typename: string }>
> = {
  TRACKER: { field: 'trackerIds', typename: 'Tracker' },
  KEYWORD_SET: { field: 'keywordSetIds', typename: 'KeywordSet' },
};

const seconds = z
  .int()
  .min(0)
  .max(MAX_SECONDS, `Seconds go from 0 to ${MAX_SECONDS}.`)
  .nullish()
  .transform((given) => given ?? null);

const condition = z
  .object({
    about: z.enum(CONDITION_SUBJECTS),
    values: z
      .array(
        z
          .string()
          .trim()
          .min(1, 'A value takes at least one character.')
          .max(MAX_VALUE_CHARACTERS, `A value takes at most ${MAX_VALUE_CHARACTERS} characters.`),
      )
      .max(MAX_VALUES, `A condition takes at most ${MAX_VALUES} values.`)
      .nullish()
      .transform((given) => given ?? []),
    minSeconds: seconds,
    maxSeconds: seconds,
    field: z
      .string()
      .trim()
      .min(1, 'field takes at least one character; leave it out for any field.')
      .max(MAX_VALUE_CHARACTERS, `field takes at most ${MAX_VALUE_CHARACTERS} characters.`)
      .nullish()
      .transform((given) => given ?? null),
    isNot: z
      .boolean()
      .nullish()
      .transform((given) => given ?? false),
  })
  .superRefine(({ about, values, minSeconds: min, maxSeconds: max, field }, context) => {
    const refuse = (name: string, message: string) =>
      context.addIssue({ code: 'custom', path: [name], message });
    const isRange = about === 'DURATION_SECONDS';
    const wantsValues = !VALUELESS.includes(about);
    const named = ID_FIELDS[about]?.field ?? 'values';
    if (wantsValues && values.length === 0)
      refuse(named, `${about} takes at least one of ${named}.`);
    if (!wantsValues && values.length > 0) refuse('values', `${about} takes no values.`);
    if (isRange && min === null && max === null)
      refuse('minSeconds', `${about} takes minSeconds, maxSeconds or both.`);
    if (isRange && min !== null && max !== null && min > max) {
      refuse('maxSeconds', 'maxSeconds cannot be less than minSeconds.');
    }
    if (!isRange && (min !== null || max !== null))
      refuse('minSeconds', `${about} takes no range.`);
    if (about !== 'FORM_FIELD' && field !== null) refuse('field', `${about} takes no field.`);
    const words = WORDS[about];
    if (words && values.some((value) => !words.includes(value))) {
      refuse('values', `${about} takes ${words.join(', ')}.`);
    }
  });

const ids = (name: string) =>
  z
    .array(z.uuid())
    .min(1, `${name} takes at least one.`)
    .max(MAX_ADDRESSEES, `${name} takes at most ${MAX_ADDRESSEES}.`)
    .transform((given) => [...new Set(given)]);
const tags = z
  .array(tagNameShape)
  .min(1, 'tags takes at least one tag.')
  .max(MAX_TAGS, `tags takes at most ${MAX_TAGS} tags.`)
  .transform((given) => [...new Set(given)]);

const action = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ADD_TAGS'), tags }),
  z.strictObject({ kind: z.literal('REMOVE_TAGS'), tags }),
  z.strictObject({
    kind: z.literal('SET_LEAD_STATUS'),
    leadStatus: z.enum(['GOOD_LEAD', 'NOT_A_LEAD', 'NOT_SCORED'], {
      error: 'leadStatus takes GOOD_LEAD, NOT_A_LEAD or NOT_SCORED.',
    }),
  }),
  z.strictObject({
    kind: z.literal('SET_VALUE'),
    valueCents: z
      .number({ error: 'valueCents takes a whole number of cents.' })
      .refine(
        (cents) => Number.isSafeInteger(cents) && cents >= 0,
        `valueCents is a whole number of cents from 0 to ${Number.MAX_SAFE_INTEGER}.`,
      ),
  }),
  z.strictObject({
    kind: z.literal('SCORE'),
    points: z
      .int({ error: 'points takes a whole number.' })
      .min(-MAX_POINTS, `points goes from −${MAX_POINTS} to ${MAX_POINTS}.`)
      .max(MAX_POINTS, `points goes from −${MAX_POINTS} to ${MAX_POINTS}.`),
  }),
  z.strictObject({ kind: z.literal('NOTIFY'), userIds: ids('userIds') }),
  z.strictObject({ kind: z.literal('ASSIGN'), userId: z.uuid('ASSIGN takes a userId.') }),
  z.strictObject({ kind: z.literal('WEBHOOK'), endpointIds: ids('webhookEndpointIds') }),
]);

const nameError = `name takes 1 to ${MAX_NAME_CHARACTERS} characters.`;
export const nameShape = z
  .string({ error: nameError })
  .trim()
  .min(1, nameError)
  .max(MAX_NAME_CHARACTERS, nameError);
export const positionShape = z
  .int()
  .min(1, 'position begins at 1.')
  .max(MAX_POSITION, `position goes up to ${MAX_POSITION}.`);

/** The parts of a definition, each as it is kept. */
export const definitionParts = {
  companyIds: z.array(z.uuid()).transform((given) => [...new Set(given)].sort()),
  triggers: z
    .array(z.enum(TRIGGERS))
    .min(1, 'triggers takes at least one.')
    .transform((given) => TRIGGERS.filter((trigger) => given.includes(trigger))),
  conditions: z.array(condition).max(MAX_CONDITIONS, `conditions takes at most ${MAX_CONDITIONS}.`),
  actions: z
    .array(action)
    .min(1, 'actions takes at least one.')
    .max(MAX_ACTIONS, `actions takes at most ${MAX_ACTIONS}.`),
};
