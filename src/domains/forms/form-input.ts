// What a form is told by: the body of the collect door, field by field. Its senders are strangers.
import { z } from 'zod';
import { addressShape, countryShape, storable } from '#domains/visitors/index.ts';
import type { Field } from './screen-fields.ts';

const MAX_FIELDS = 200;
const MAX_NAME = 200;
const MAX_VALUE = 10_000;
const MAX_WORD = 300;
const MAX_ACTION = 2_000;

/** What is wrong with the fields, naming the one to blame; null when nothing is. */
export function faultOfFields(fields: readonly Field[]): { name?: string; message: string } | null {
  if (fields.length > MAX_FIELDS) {
    return { message: `fields takes at most ${MAX_FIELDS} fields, not ${fields.length}.` };
  }
  for (const { name, value } of fields) {
    if (name.trim() === '' || name.length > MAX_NAME) {
      const shown = name.slice(0, 50);
      return { message: `The name of a field takes 1 to ${MAX_NAME} characters: "${shown}".` };
    }
    if (value.length > MAX_VALUE) {
      const message = `The field "${name}" takes at most ${MAX_VALUE} characters, not ${value.length}.`;
      return { name, message };
    }
  }
  return null;
}

/** Fields as the database can hold them. */
export function storableFields(fields: readonly Field[]): Field[] {
  return fields.map(({ name, value }) => ({ name: storable(name).trim(), value: storable(value) }));
}

const WANTED = 'fields takes [[name, value], …] or { name: value }, all of them texts.';

/** [[name, value], …], or { name: value } where a value may be a list; numbers and flags are read as texts. */
const fieldsShape = z.unknown().transform((given, context): Field[] => {
  const entries = Array.isArray(given)
    ? given
    : typeof given === 'object' && given !== null
      ? Object.entries(given)
      : null;
  const fields = entries?.flatMap((entry: unknown) => {
    if (!Array.isArray(entry) || entry.length !== 2 || typeof entry[0] !== 'string') return [null];
    const [name, value] = entry as [string, unknown];
    const values = Array.isArray(value) ? value : [value];
    return values.map((one): Field | null => {
      if (one === null || one === undefined) return { name, value: '' };
      const isText = ['string', 'number', 'boolean'].includes(typeof one);
      return isText ? { name, value: String(one) } : null;
    });
  });
  if (!fields || fields.includes(null)) {
    context.addIssue(WANTED);
    return z.NEVER;
  }
  const fault = faultOfFields(fields as Field[]);
  if (!fault) return storableFields(fields as Field[]);
  context.addIssue({ code: 'custom', message: fault.message });
  return z.NEVER;
});

const word = (field: string, most: number) =>
  z
    .string(`${field} takes a text.`)
    .nullish()
    .transform((text) => storable(text ?? '').slice(0, most));

/** How a page calls a form. Addresses keep no parameters: they may hold tokens. */
export const formShape = z
  .object(
    {
      id: word('form', MAX_WORD),
      name: word('form', MAX_WORD),
      action: word('form', MAX_ACTION).transform((text) => text.split(/[?#]/)[0] ?? ''),
    },
    'form takes { id, name, action }, each of them optional.',
  )
  .nullish()
  .transform((form) => form ?? { id: '', name: '', action: '' });
export type FormWords = z.output<typeof formShape>;

const id = (field: string) => z.uuid(`${field} takes a UUID.`).toLowerCase();
const milliseconds = (field: string) =>
  z
    .number(`${field} takes milliseconds.`)
    .refine((value) => Number.isFinite(value), `${field} takes milliseconds.`);

export const formBodyShape = z.object({
  id: id('id'),
  visitor: id('visitor').nullish(),
  session: id('session').nullish(),
  at: milliseconds('at'),
  url: addressShape('url'),
  /** the visitor's decision as the script knows it; pending: none yet. Left out by scripts of before */
  consent: z
    .enum(['granted', 'denied', 'pending'], 'consent takes granted, denied or pending.')
    .nullish(),
  country: countryShape,
  form: formShape,
  fields: fieldsShape,
  filledMs: milliseconds('filledMs')
    .nullish()
    .transform((value) => value ?? null),
  trap: word('trap', MAX_VALUE),
  /** false: its page held it back, and the script saw nothing sent. Left out, or null, by scripts of before and of what was sent */
  sent: z.boolean('sent takes true or false.').nullish(),
});
