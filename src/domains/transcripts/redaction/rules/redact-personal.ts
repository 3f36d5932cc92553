// The class PERSONAL, as far as rules find it: phone numbers, e-mail addresses, street addresses with their postcodes, dates
// of birth, and names that are told as such ("my name is …"). A name in passing ("Thanks, Anna") and a street without a
// number stay.

import type { FoundCue } from './redact-cues.ts';
import type { NumberRun, TimedToken } from './redact-runs.ts';

export type PersonalKind = 'PHONE' | 'EMAIL' | 'ADDRESS' | 'BIRTH_DATE' | 'NAME';

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
const BIRTH = /\b(?:date of birth|birth ?date|birthday|born(?: on| in)?|d o b|dob)\b/g;
const MONTH =
  /^(?:january|february|march|april|may|june|july|august|september|october|november|december)$/;
const ORDINAL =
  /^(?:\d+(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\w+teenth|twelfth|twentieth|thirtieth)$/;
const NAME =
  /\b(?:(?:my|his|her|the|your|first|last|full|middle|maiden) name(?: is|['’]s|:)?|name['’]s|names|name is|called|i am called|last name)$/;
const MOST_NAME_WORDS = 3;
const TOP_LEVEL = /^(?:com|net|org|edu|gov|io|co|us|info|biz|me|uk|ca)$/;
const WRITTEN_EMAIL = /^\S+@\S+\.\w+$/;
const MAIL_HOST = /^[\w-]+\.(?:com|net|org|edu|gov|io|co|us|info|biz|me|uk|ca)$/;
const MAIL_WORD = /^[\w.+-]+$/;
const NAMED_BY_NOTHING =
  /^(?:is|and|the|a|an|on|it|i|not|of|for|with|spelled|in|to|yes|no|okay|um|uh|please|here)$/;

const wordsBefore = (tokens: readonly TimedToken[], at: number, count: number) =>
  tokens
    .slice(Math.max(0, at - count), at)
    .map(({ bare }) => bare)
    .join(' ');

function phones(
  runs: readonly NumberRun[],
  phoneCues: readonly Pick<FoundCue, 'startMs' | 'endMs'>[],
): PersonalSpan[] {
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

/** "jane dot hill at mail dot com", and what recognition writes for it: "jane.hill at mail.com". */
function emails(tokens: readonly TimedToken[]): PersonalSpan[] {
  const bare = (at: number) => tokens[at]?.bare ?? '';
  const joins = /^(?:dot|underscore|dash|hyphen|period|plus)$/;
  return tokens.flatMap((token, at): PersonalSpan[] => {
    if (WRITTEN_EMAIL.test(token.bare)) return [{ kind: 'EMAIL', first: at, last: at }];
    if (token.bare !== 'at' || !MAIL_WORD.test(bare(at - 1))) return [];
    let last = at + 1;
    if (!MAIL_HOST.test(bare(last))) {
      while (bare(last + 1) === 'dot' && MAIL_WORD.test(bare(last + 2))) last += 2;
      if (last === at + 1 || !TOP_LEVEL.test(bare(last))) return [];
    }
    let first = at - 1;
    // the parts before "at": joined by a dot, single letters, or digits
    while (
      first > 0 &&
      (joins.test(bare(first)) ||
        joins.test(bare(first - 1)) ||
        bare(first).length === 1 ||
        tokens[first]?.kind === 'NUMBER') &&
      MAIL_WORD.test(bare(first - 1)) &&
      !NAMED_BY_NOTHING.test(bare(first - 1))
    ) {
      first--;
    }
    return [{ kind: 'EMAIL', first, last }];
  });
}

function addresses(runs: readonly NumberRun[], tokens: readonly TimedToken[]): PersonalSpan[] {
  return runs.flatMap(({ first, last, value, isOrdinary }): PersonalSpan[] => {
    if (isOrdinary) return [];
    const before = wordsBefore(tokens, first, 4);
    if (value.length === 5 && POSTCODE.test(before)) return [{ kind: 'ADDRESS', first, last }];
    if (UNIT.test(tokens[first - 1]?.bare ?? '')) {
      return [{ kind: 'ADDRESS', first: first - 1, last }];
    }
    if (value.length > 6) return [];
    const next = tokens.slice(last + 1, last + 5).map(({ bare }) => bare);
    const street = next.findIndex((word) => STREET.test(word));
    // "20 minutes on the highway"
    if (street < 1 || next.slice(0, street).some((word) => NO_STREET.test(word))) return [];
    return [{ kind: 'ADDRESS', first, last: last + 1 + street }];
  });
}

function birthDates(
  tokens: readonly TimedToken[],
  cues: readonly { endMs: number; startMs: number }[],
): PersonalSpan[] {
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

function names(tokens: readonly TimedToken[], texts: readonly string[]): PersonalSpan[] {
  return tokens.flatMap((_, at): PersonalSpan[] => {
    if (!NAME.test(wordsBefore(tokens, at, 3))) return [];
    const isName = (place: number) =>
      /^\p{Lu}/u.test(texts[place] ?? '') && !NAMED_BY_NOTHING.test(tokens[place]?.bare ?? 'is');
    let end = at;
    while (end < at + MOST_NAME_WORDS && isName(end)) {
      end++;
      // a new sentence begins
      if (/[.?!]$/.test(texts[end - 1] ?? '')) break;
    }
    return end > at ? [{ kind: 'NAME', first: at, last: end - 1 }] : [];
  });
}

/** Where one channel asks for, or begins to tell, a date of birth. */
export function findBirthCues(tokens: readonly TimedToken[]): { startMs: number; endMs: number }[] {
  const text = tokens.map(({ bare }) => bare).join(' ');
  return [...text.matchAll(BIRTH)].flatMap((match) => {
    const before = text.slice(0, match.index).split(' ').length - 1;
    const count = match[0].split(' ').length;
    const [first, last] = [tokens[before], tokens[before + count - 1]];
    return first && last ? [{ startMs: first.startMs, endMs: last.endMs }] : [];
  });
}

/**
 * What of one channel is personal.
 * @param texts the words as they are written
 * @param heard where both sides speak of a phone and of a date of birth
 */
export function findPersonal(
  tokens: readonly TimedToken[],
  texts: readonly string[],
  runs: readonly NumberRun[],
  heard: {
    phoneCues: readonly { startMs: number; endMs: number }[];
    birthCues: readonly { startMs: number; endMs: number }[];
  },
): PersonalSpan[] {
  return [
    ...emails(tokens),
    ...phones(runs, heard.phoneCues),
    ...addresses(runs, tokens),
    ...birthDates(tokens, heard.birthCues),
    ...names(tokens, texts),
  ];
}
