// Who filled a form: the telephone numbers, e-mail addresses and the name in its fields. Pure.
import { z } from 'zod';
import type { Identity } from '#domains/leads/index.ts';
import { parseLocalNumber } from '#values/phone-number.ts';
import type { Field } from './screen-fields.ts';

/** more of them tell of a list, not of a person */
const MOST_OF_A_KIND = 5;
const MAX_PHONE = 40;
const PHONE_NAME =
  /phone|mobile|cell|whatsapp|callback|t[eé]l[eéè]fon|telefoon|rappel|r(?:ü|ue)ckruf|(?:^|[^a-z])(?:tel|sms|handy|mobil|m[oó]vil)(?:[^a-z]|$)/i;
/** nothing else than a telephone number is made of */
const DIGITS = /^\+?[\d\s().-]{7,25}$/;
/** written as telephone numbers are: bare digits may be anything */
const PHONE_LOOK = /^(?:\+|(?=.*\d[\s().-]+\d))[\d\s().-]{7,25}$/;
/** a day, though its digits may be a telephone number in some country: "callback date" is named for numbers, too */
const DATE = /^(?:(?:19|20)\d\d[./-]\d\d?[./-]\d\d?|\d\d?[./-]\s?\d\d?[./-]\s?(?:19|20)\d\d)(?!\d)/;
const email = z.email().max(254);

const NAMES = new Set(['name', 'fullname', 'yourname', 'contactname', 'customername', 'realname']);
const FIRST_NAMES = new Set(['firstname', 'fname', 'givenname', 'forename', 'yourfirstname']);
const LAST_NAMES = new Set(['lastname', 'lname', 'surname', 'familyname', 'yourlastname']);
const ALL_NAMES = [NAMES, FIRST_NAMES, LAST_NAMES];
const MAX_NAME = 200;

const bare = (name: string) => name.toLowerCase().replaceAll(/[^a-z]/g, '');

/** What a form tells of the one who filled it. */
export interface Person {
  /** telephone numbers first, each once; at most five of a kind */
  knownBy: Identity[];
  name: string | null;
}

/**
 * Finds the person. Only a field whose whole value is a number or an address counts: those in a message may be anybody's.
 * Bare digits count in fields that are named for numbers, and only there are numbers read as of another country than the US
 * and Canada. A date counts nowhere.
 * @param country of numbers that name none, as parseLocalNumber takes it; '' = US and Canada
 */
export function findPerson(fields: readonly Field[], country = ''): Person {
  const phones = fields.flatMap((field) => phoneOf(field, country) ?? []);
  const emails = fields.flatMap(({ value }) => {
    const parsed = email.safeParse(value.trim().toLowerCase());
    return parsed.success ? [parsed.data] : [];
  });
  const first = (values: string[]) => [...new Set(values)].slice(0, MOST_OF_A_KIND);
  return {
    knownBy: [
      ...first(phones).map((value) => ({ kind: 'PHONE' as const, value })),
      ...first(emails).map((value) => ({ kind: 'EMAIL' as const, value })),
    ],
    name: nameOf(fields),
  };
}

/** Whether a field tells of the person, and so differs however often a text is sent. Of any country, where its name says it. */
export function tellsOfPerson(field: Field): boolean {
  return (
    phoneOf(field, '') !== null ||
    (PHONE_NAME.test(field.name) && DIGITS.test(field.value.trim())) ||
    email.safeParse(field.value.trim().toLowerCase()).success ||
    ALL_NAMES.some((names) => names.has(bare(field.name)))
  );
}

function phoneOf({ name, value }: Field, country: string): string | null {
  const text = value.trim();
  if (text.length > MAX_PHONE || DATE.test(text)) return null;
  if (PHONE_NAME.test(name)) return parseLocalNumber(text, country);
  return PHONE_LOOK.test(text) ? parseLocalNumber(text, '') : null;
}

function nameOf(fields: readonly Field[]): string | null {
  const named = (names: ReadonlySet<string>) =>
    fields.find(({ name, value }) => value.trim() !== '' && names.has(bare(name)))?.value.trim();
  const parts = [named(FIRST_NAMES), named(LAST_NAMES)].filter((part) => part !== undefined);
  const name = named(NAMES) ?? parts.join(' ');
  return name.replaceAll(/\s+/g, ' ').slice(0, MAX_NAME) || null;
}
