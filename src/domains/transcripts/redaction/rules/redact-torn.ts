// Cards that hearing tore: some of their digits became short words ("at", "R.", "in"), or a letter behind others ("51659D"),
// and what is left is pieces of any length. What was lost counts with what is left.

import { isPhone, partsOf, splitInGroups } from './redact-parts.ts';
import type { NumberRun, TimedToken } from './redact-runs.ts';
import { areToldApart, isCounted, isNamed } from './redact-told-apart.ts';

const LEAST_DIGITS = 12;
const MOST_DIGITS = 19;
/** With what was lost, one less than the shortest card has: not every lost digit leaves a word. */
const LEAST_WITH_LOST = 14;
const CARD_GROUP = 4;
const LONGEST_FRAGMENT = 3;
/** Longer words that are a digit where they stand between others: "oh" is heard as "over", "eight" as "heat". */
const LONG_FRAGMENT = /^(?:over|heat|hate|fine|ford|fort|sticks|heaven)$/;
/** What stands between two numbers of their own. */
const JOINS = /^(?:or|and|to|by|plus|then|than|per|x)$/;
/** What nobody says behind a telephone number. */
const NO_WORD = /^(?:[b-hj-z]|an)$/;
const YEAR = /^(?:19\d\d|20[0-4]\d)$/;
const WITH_LETTER = /^\d{4,}[a-z]$/;
const GROUP = /^\d{3,}[a-z]?$/;

/** Whether a word between two numbers is so short, or such, that it may be what is left of a digit. */
export const mayBeDigit = ({ kind, bare }: TimedToken): boolean =>
  kind === 'FILLER' ||
  kind === 'SOUNDALIKE' ||
  bare.length <= LONGEST_FRAGMENT ||
  LONG_FRAGMENT.test(bare);

/** Whether the letter behind some figures is one of them misheard, as another group stands right beside: "51659D 23048D". */
export function isWithMisheard(tokens: readonly TimedToken[], at: number): boolean {
  const [last, token, next] = [tokens[at - 1], tokens[at], tokens[at + 1]];
  if (!token || !WITH_LETTER.test(token.bare)) return false;
  const isBehind = last && !last.mark && GROUP.test(last.bare);
  return Boolean(isBehind || (next && !token.mark && GROUP.test(next.bare)));
}

/** How many digits the words between two pieces may stand for; null where they part numbers of their own. */
function lostBetween(from: NumberRun, to: NumberRun, tokens: readonly TimedToken[]): number | null {
  const words = tokens.slice(from.last + 1, to.first).filter(({ kind }) => kind !== 'FILLER');
  const isYear = words.at(-1)?.bare === 'in' && YEAR.test(tokens[to.first]?.bare ?? '');
  const hasFigures = words.some(({ bare }) => /\d/.test(bare));
  // "815, at 930, at 1045", "60609 in 2019", "1Z 999 AA1 01 2345 6784"
  if (tokens[from.last]?.mark === 'COMMA' || isYear || hasFigures) return null;
  const fragments = words.filter(({ bare }) => !JOINS.test(bare));
  return fragments.length > 0 ? fragments.length : null;
}

/** Whether its digits were told one after the other: mostly single ones, or in groups that nothing parts. */
function isDictated(run: NumberRun, tokens: readonly TimedToken[]): boolean {
  const parts = partsOf(run, tokens);
  if (!parts) return true;
  const singles = parts.filter(({ value }) => value.length === 1).length;
  return singles * 2 >= run.value.length || !parts.some(({ after }) => after === 'COMMA');
}

/**
 * Whether neighbouring runs are what is left of one card.
 * @param group with nothing but words between them that may be digits
 */
export function isTorn(group: readonly NumberRun[], tokens: readonly TimedToken[]): boolean {
  const digits = group.reduce((sum, { value }) => sum + value.length, 0);
  if (group.length < 2 || digits < LEAST_DIGITS || digits > MOST_DIGITS) return false;
  const lost = group.slice(1).map((run, n) => lostBetween(group[n] as NumberRun, run, tokens));
  if (lost.includes(null)) return false;
  const letters = group.flatMap(({ first, last }) =>
    tokens.slice(first, last + 1).filter(({ bare }) => WITH_LETTER.test(bare)),
  );
  const withLost = lost.reduce<number>((sum, count) => sum + (count ?? 0), digits + letters.length);
  if (withLost < LEAST_WITH_LOST) return false;
  const hasNoWord = group.slice(1).some(({ first }) => NO_WORD.test(tokens[first - 1]?.bare ?? ''));
  const isOther = (run: NumberRun) => {
    const parts = partsOf(run, tokens);
    const isTelephone = parts !== null && !hasNoWord && isPhone(parts);
    return run.isOrdinary || isTelephone || isNamed(run, tokens) || isCounted(run, tokens);
  };
  if (group.some((run) => isOther(run) || !isDictated(run, tokens))) return false;
  const areShort = group.every((run) =>
    splitInGroups(partsOf(run, tokens) ?? []).every(({ length }) => length <= CARD_GROUP),
  );
  return !(areShort && areToldApart(group, tokens));
}
