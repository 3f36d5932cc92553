// The class PERSONAL, as far as rules find it: phone numbers, e-mail addresses, street addresses with their postcodes, dates
// of birth, names that are told as such (redact-names.ts), ages, religions and parties. A name in passing ("Thanks, Anna") and
// a street without a number stay.
import { findAges } from './redact-ages.ts';
import type { Asked } from './redact-asked.ts';
import { findBeliefs } from './redact-beliefs.ts';
import { findEmails } from './redact-emails.ts';
import { findNames } from './redact-names.ts';
import type { NumberRun, TimedToken } from './redact-runs.ts';

export type PersonalKind =
  | 'PHONE'
  | 'EMAIL'
  | 'ADDRESS'
  | 'BIRTH_DATE'
  | 'NAME'
  | 'AGE'
  | 'RELIGION'
  | 'POLITICS';

/** Where somebody speaks of, or asks for, something personal. */
export interface HeardOfPerson {
  phoneCues: readonly Asked[];
  birthCues: readonly Asked[];
  nameQuestions: readonly Asked[];
  postcodeQuestions: readonly Asked[];
  ageQuestions: readonly Asked[];
  beliefQuestions: readonly Asked[];
}

/** Tokens `first` to `last` of one channel. */
export interface PersonalSpan {
  kind: PersonalKind;
  first: number;
  last: number;
}

const PHONE_NUMBER = /^1?[2-9]\d{2}[2-9]\d{6}$/;
const LEAST_PHONE_DIGITS = 7;
const PHONE_REACH_MS = 15_000;
const BIRTH_REACH_MS = 20_000;
const BIRTH_WORDS = 8;
const STREET =
  /^(?:street|st|avenue|ave|road|rd|drive|lane|ln|boulevard|blvd|court|ct|place|way|circle|terrace|parkway|highway|square|trail)$/;
const NO_STREET =
  /^(?:on|in|at|the|a|an|of|from|to|and|for|by|down|up|off|minutes?|hours?|miles?|blocks?|feet)$/;
const UNIT = /^(?:apartment|apt|suite|unit|floor|building|box)$/;
const POSTCODE = /\b(?:zip|zip code|postcode|postal code)(?: (?:is|code|code is|here is))?$/;
const MONTH =
  /^(?:january|february|march|april|may|june|july|august|september|october|november|december)$/;
const ORDINAL =
  /^(?:\d+(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|\w+teenth|twelfth|(?:twenty|thirty)-\w+|twentieth|thirtieth)$/;
/** Recognition may drop or double a digit, and people say it twice. */
const POSTCODE_DIGITS = /^(?:\d{4,6}|\d{9}|(\d{5})\1)$/;
const POSTCODE_REACH_MS = 10_000;
/** Heard for the first digit of a house; "to 49 Oak Street" is a way. */
const MISHEARD_DIGIT = /^(?:free|tree|won|ate|nein|oh|hero|sicks)$/;

const wordsBefore = (tokens: readonly TimedToken[], at: number, count: number) =>
  tokens
    .slice(Math.max(0, at - count), at)
    .map(({ bare }) => bare)
    .join(' ');

function phones(runs: readonly NumberRun[], phoneCues: readonly Asked[]): PersonalSpan[] {
  const isAsked = ({ startMs }: NumberRun) =>
    phoneCues.some((cue) => cue.endMs <= startMs && startMs - cue.endMs <= PHONE_REACH_MS);
  return runs
    .filter(
      (run) =>
        PHONE_NUMBER.test(run.value) ||
        /^(\d{10})\1+$/.test(run.value) ||
        (run.value.length >= LEAST_PHONE_DIGITS && !run.isOrdinary && isAsked(run)),
    )
    .map(({ first, last }) => ({ kind: 'PHONE', first, last }));
}

function addresses(runs: readonly NumberRun[], tokens: readonly TimedToken[]): PersonalSpan[] {
  return runs.flatMap(({ first, last, value, isOrdinary }): PersonalSpan[] => {
    if (isOrdinary) return [];
    const before = wordsBefore(tokens, first, 4);
    if (POSTCODE_DIGITS.test(value) && POSTCODE.test(before))
      return [{ kind: 'ADDRESS', first, last }];
    if (UNIT.test(tokens[first - 1]?.bare ?? '')) {
      return [{ kind: 'ADDRESS', first: first - 1, last }];
    }
    if (value.length > 6) return [];
    const next = tokens.slice(last + 1, last + 5).map(({ bare }) => bare);
    const street = next.findIndex((word) => STREET.test(word));
    // "20 minutes on the highway"
    if (street < 1 || next.slice(0, street).some((word) => NO_STREET.test(word))) return [];
    const from = MISHEARD_DIGIT.test(tokens[first - 1]?.bare ?? '') ? first - 1 : first;
    return [{ kind: 'ADDRESS', first: from, last: last + 1 + street }];
  });
}

/** What the other side answers when it is asked for a postcode. */
function postcodes(
  runs: readonly NumberRun[],
  tokens: readonly TimedToken[],
  asked: readonly Asked[],
): PersonalSpan[] {
  return asked.flatMap(({ endMs }): PersonalSpan[] => {
    const run = runs.find(({ startMs }) => startMs >= endMs);
    if (!run || run.isOrdinary || run.startMs - endMs > POSTCODE_REACH_MS) return [];
    // it was hidden before
    const isAnswered = tokens.some(
      ({ label, startMs }) => label && startMs >= endMs && startMs < run.startMs,
    );
    const { first, last } = run;
    return POSTCODE_DIGITS.test(run.value) && !isAnswered ? [{ kind: 'ADDRESS', first, last }] : [];
  });
}

function birthDates(tokens: readonly TimedToken[], cues: readonly Asked[]): PersonalSpan[] {
  const isPart = ({ kind, bare }: TimedToken) =>
    kind === 'NUMBER' || kind === 'ORDINARY' || ORDINAL.test(bare) || MONTH.test(bare);
  return cues.flatMap(({ endMs }): PersonalSpan[] => {
    const from = tokens.findIndex(({ startMs }) => startMs >= endMs);
    if (from < 0) return [];
    const first = tokens
      .slice(from, from + BIRTH_WORDS)
      .findIndex(
        (token) =>
          (isPart(token) || token.label === 'BIRTH_DATE') &&
          token.startMs - endMs <= BIRTH_REACH_MS,
      );
    // it was hidden before
    if (first < 0 || tokens[from + first]?.label) return [];
    let last = from + first;
    // "the fifth of May, nineteen eighty two"
    for (let at = last + 1; at <= last + 3 && at < tokens.length; at++) {
      const token = tokens[at];
      if (token && isPart(token)) last = at;
    }
    return [{ kind: 'BIRTH_DATE', first: from + first, last }];
  });
}

/**
 * What of one channel is personal.
 * @param texts the words as they are written
 * @param heard where both sides speak of a phone and of a date of birth, and what the other one asks for
 */
export function findPersonal(
  tokens: readonly TimedToken[],
  texts: readonly string[],
  runs: readonly NumberRun[],
  heard: HeardOfPerson,
): PersonalSpan[] {
  return [
    ...findEmails(tokens).map((span): PersonalSpan => ({ kind: 'EMAIL', ...span })),
    ...phones(runs, heard.phoneCues),
    ...addresses(runs, tokens),
    ...postcodes(runs, tokens, heard.postcodeQuestions),
    ...birthDates(tokens, heard.birthCues),
    ...findNames(tokens, texts, heard.nameQuestions).map(
      (span): PersonalSpan => ({ kind: 'NAME', ...span }),
    ),
    ...findAges(tokens, texts, heard.ageQuestions).map(
      (span): PersonalSpan => ({ kind: 'AGE', ...span }),
    ),
    ...findBeliefs(tokens, texts, heard.beliefQuestions),
  ];
}
