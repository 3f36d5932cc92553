// Numbers that recognition broke up: "5500 at 4115060 at 8150" was one card, and "994 for 170 R. 29" one social security
// number. What parts the pieces is short ("uh" heard as "at"), and all pieces together are as long as such a number.

import { checksToCard, isList } from './redact-lists.ts';
import { groupRuns, type NumberRun, type TimedToken } from './redact-runs.ts';
import type { Token } from './redact-tokens.ts';
import { areToldApart, isCounted, isNamed, isPlaced } from './redact-told-apart.ts';
import { isTorn, mayBeDigit } from './redact-torn.ts';

const CARD_DIGITS = 12;
const WHOLE_CARD = 15;
const CARD_GROUP = 4;
const LEAST_LETTERS = 4;
const FIRST_GROUP_MS = 20_000;
// A card is 15 or 16 digits; a few are dropped or doubled.
const LEAST_SLURRED = 13;
const MOST_SLURRED = 19;
const MOST_FRAGMENTS = 2;
/** "one or two" and "at ten thirty, two of us" are talk */
const LEAST_PAIR_DIGITS = 6;
const SSN_PIECES_DIGITS = { least: 5, most: 11 };
const LONGEST_OF_SHORT = 9;
const NUMBER_INSIDE = /(?:^|[-–—])(?:zero|one|two|three|four|five|six|seven|eight|nine)(?=[-–—])/;

const digitsOf = (group: readonly NumberRun[]) =>
  group.reduce((sum, run) => sum + run.value.length, 0);

/** Whether a group reads as a card told in groups as they stand on one: never a phone number or a postcode. */
export function isBrokenCard(group: readonly NumberRun[]): boolean {
  const isCardGroup = ({ value }: NumberRun) => value.length <= 4 || value.length === 8;
  return digitsOf(group) >= CARD_DIGITS && group.every(isCardGroup);
}

function splitWhere(
  group: readonly NumberRun[],
  isParted: (from: NumberRun, to: NumberRun) => boolean,
): NumberRun[][] {
  const parts: NumberRun[][] = [];
  for (const run of group) {
    const part = parts.at(-1);
    const previous = part?.at(-1);
    if (part && previous && !isParted(previous, run)) part.push(run);
    else parts.push([run]);
  }
  return parts;
}

// Neighbours with nothing but short words between them: "at" and "R." are what is left of a digit, "live at" is talk.
function groupSlurred(
  runs: readonly NumberRun[],
  tokens: readonly TimedToken[],
  mostOtherWords: number,
): NumberRun[][] {
  const isParted = (from: NumberRun, to: NumberRun) =>
    tokens.slice(from.last + 1, to.first).some((token) => !mayBeDigit(token));
  return groupRuns(runs, tokens, mostOtherWords).flatMap((group) => splitWhere(group, isParted));
}

// At most one piece may have an odd length, and none that of a phone number with its area code.
function isSlurredCard(group: readonly NumberRun[]): boolean {
  const digits = digitsOf(group);
  const odd = group.filter(({ value }) => value.length !== 4 && value.length !== 8);
  return (
    group.length > 1 &&
    digits >= LEAST_SLURRED &&
    digits <= MOST_SLURRED &&
    odd.length <= 1 &&
    odd.every(({ value }) => value.length < 10)
  );
}

/**
 * Runs that are a card together, group by group: not where each of them is told as something else.
 * @param isAskedBetween whether another number was asked for between two runs
 */
export function findBrokenCards(
  runs: readonly NumberRun[],
  tokens: readonly TimedToken[],
  isAskedBetween: (from: NumberRun, to: NumberRun) => boolean,
): NumberRun[][] {
  const part = (groups: readonly NumberRun[][]) =>
    groups.flatMap((group) => splitWhere(group, isAskedBetween));
  const broken = part(groupRuns(runs, tokens, 3)).filter(isBrokenCard);
  const slurred = part(groupSlurred(runs, tokens, 1)).filter(isSlurredCard);
  const told = [...broken, ...slurred].filter((group) => !isToldApart(group, tokens));
  const torn = part(groupSlurred(runs, tokens, MOST_FRAGMENTS)).filter((one) =>
    isTorn(one, tokens),
  );
  return [...told, ...torn];
}

/**
 * The first group of a card that lacks one, where it was told far before the others: "4716. My dog is barking … 2290 1175 6308".
 * @param runs all of the channel, in order
 */
export function findFirstGroup(
  group: readonly NumberRun[],
  runs: readonly NumberRun[],
  tokens: readonly TimedToken[],
): NumberRun | null {
  const [first] = group;
  const before = first && runs.findLast(({ last }) => last < first.first);
  if (!before || digitsOf(group) >= WHOLE_CARD || before.value.length !== CARD_GROUP) return null;
  const isFar = first.startMs - before.endMs > FIRST_GROUP_MS;
  const isOther =
    before.isOrdinary || [isPlaced, isNamed, isCounted].some((is) => is(before, tokens));
  return isFar || isOther ? null : before;
}

/**
 * Whether a group is as short as three numbers of four figures, each with words of its own: "1408 County Road 2210, gate code is
 * 4471". Where nobody speaks of a card, that is what they are.
 */
export function areThreeNumbers(
  group: readonly NumberRun[],
  tokens: readonly TimedToken[],
): boolean {
  const isParted = (from: NumberRun, to: NumberRun) =>
    tokens
      .slice(from.last + 1, to.first)
      .some((token) => token.bare.length >= LEAST_LETTERS && !mayBeDigit(token));
  const digits = digitsOf(group);
  return (
    (digits === CARD_DIGITS || digits === CARD_DIGITS + 1) &&
    group.length > 1 &&
    group.slice(1).every((run, n) => isParted(group[n] as NumberRun, run))
  );
}

function isToldApart(group: readonly NumberRun[], tokens: readonly TimedToken[]): boolean {
  const value = group.map((run) => run.value).join('');
  // what checks to a card is one, but where each group has its currency
  if (checksToCard(value)) return group.every(({ isOrdinary }) => isOrdinary);
  return areToldApart(group, tokens) || isList(group, tokens);
}

/** Whether a single digit, or one beside other pieces, is a part of a number: three pieces, or enough digits together. */
export function isDictation(group: readonly NumberRun[]): boolean {
  return group.length >= 3 || (group.length === 2 && digitsOf(group) >= LEAST_PAIR_DIGITS);
}

/**
 * Joins neighbouring pieces of a social security number, at most two short words apart, to one run each. For use after a mention
 * of one, and until one has come: elsewhere an address or an age would be joined.
 * @param isWhole whether a run is such a number by itself
 */
export function joinSsnPieces(
  runs: readonly NumberRun[],
  tokens: readonly TimedToken[],
  isWhole: (run: NumberRun) => boolean,
): NumberRun[] {
  let hasCome = false;
  return groupSlurred(runs, tokens, MOST_FRAGMENTS).flatMap((group) => {
    const [first] = group;
    const last = group.at(-1);
    const digits = digitsOf(group);
    // of "912 45 67 at 8" all but the last digit is as long as a harmed number
    const isShort = digits <= LONGEST_OF_SHORT && !group.some((run) => isCounted(run, tokens));
    const mayBeOne =
      !hasCome &&
      (isShort || !group.some(isWhole)) &&
      group.some(({ value }) => value.length >= 3) &&
      digits >= SSN_PIECES_DIGITS.least &&
      digits <= SSN_PIECES_DIGITS.most;
    hasCome ||= group.some(isWhole) || (mayBeOne && digits >= 9);
    if (!mayBeOne || !first || !last) return group;
    const value = group.map((run) => run.value).join('');
    return [{ ...first, last: last.last, endMs: last.endMs, value }];
  });
}

/** Whether digits are grown into a word: "six-beardable" was "six zero double". */
function hidesDigit({ kind, bare }: Token): boolean {
  return kind === 'OTHER' && NUMBER_INSIDE.test(bare);
}

/** The words that are digits where they were misheard, and nothing else that stands beside a number: unlike "for" and "to". */
const MISHEARD_DIGIT = /^(?:won|tree|free|fore|ate|ait|nein|nigh|sicks|hero|owe|nil)$/;
const AS_ORDINAL = /^\d+(?:st|nd|rd|th)$/;

/** Whether a word beside several digits of a card can only be a digit of it: "5454 won", "5454 5th". */
export function isLostDigit(token: Token | undefined): boolean {
  if (!token) return false;
  return MISHEARD_DIGIT.test(token.bare) || AS_ORDINAL.test(token.bare) || hidesDigit(token);
}
