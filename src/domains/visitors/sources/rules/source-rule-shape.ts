// What people may put into a source rule.
import { z } from 'zod';
import { SOURCE_MATCHES, SOURCE_PARTS } from '../judge/source-rule.ts';

const MAX_CONDITIONS = 10;
const MAX_VALUE_CHARACTERS = 500;
const MAX_WORD_CHARACTERS = 200;

const text = (field: string, max: number) => {
  const error = `${field} takes 1 to ${max} characters.`;
  return z.string({ error }).trim().min(1, error).max(max, error);
};

const condition = z
  .object({
    part: z.enum(SOURCE_PARTS),
    parameter: text('parameter', 100)
      .nullish()
      .transform((parameter) => parameter ?? null),
    match: z
      .enum(SOURCE_MATCHES)
      .nullish()
      .transform((match) => match ?? 'EQUALS'),
    value: text('value', MAX_VALUE_CHARACTERS)
      .nullish()
      .transform((value) => value ?? null),
  })
  .refine(({ part, parameter }) => (part === 'PARAMETER') === (parameter !== null), {
    path: ['parameter'],
    error: 'parameter names the parameter of a condition on PARAMETER; other parts take none.',
  })
  .refine(({ match, value }) => (match === 'EXISTS') === (value === null), {
    path: ['value'],
    error: 'value is what is compared; EXISTS alone takes none.',
  })
  .refine(({ part, value }) => part !== 'REFERRER_HOST' || !value || !/[/:\s]/.test(value), {
    path: ['value'],
    error: 'A host is written without scheme and path: example.com. Use REFERRER_URL for more.',
  });

/** The conditions of a rule: 1 to 10, all of which must hold. */
export const conditionsShape = z
  .array(condition)
  .min(1, 'conditions takes at least one condition: a rule without any would take every visit.')
  .max(MAX_CONDITIONS, `conditions takes at most ${MAX_CONDITIONS} conditions.`);

const wordError = (field: string) => `${field} takes at most ${MAX_WORD_CHARACTERS} characters.`;

/** A rule's source, field by field. */
export const resultShape = {
  name: text('name', MAX_WORD_CHARACTERS),
  medium: z.string().trim().max(MAX_WORD_CHARACTERS, wordError('medium')),
  campaign: z.string().trim().max(MAX_WORD_CHARACTERS, wordError('campaign')).nullable(),
};

const positionError = 'position takes 1 for the first place, 2 for the next, and so on.';

/** A place among the rules of a company; behind the last is the last. */
export const positionShape = z.int(positionError).min(1, positionError);
