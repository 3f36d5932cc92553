// Numbers that are told one after the other and make no card together, although they are as long: prices, years, times, units
// of one house, telephone numbers, a number that is said again. Each of them has to read as such, the last one too: one group
// that may be of a card, and all of them are one. What is fifteen or sixteen digits and checks to a card is one in any case.
import { BELOW_100, HOUR, ONE, TEEN, TENS } from './redact-list-words.ts';
import {
  digitsOf,
  groupsOf,
  isLocalPhone,
  isParted,
  isPhone,
  type Part,
  PHONE,
  partsOf,
  splitInGroups,
  wordsOf,
} from './redact-parts.ts';
import type { NumberRun, TimedToken } from './redact-runs.ts';

const TIME = new RegExp(
  `^${HOUR} (?:00|[0-5]5|[1-5]0|oh five|ten|fifteen|twenty|thirty|forty|fifty|${TENS} five)$`,
);
const PLAIN: readonly RegExp[] = [
  // what things cost, and years: few groups of a card look so
  /^(?!(\d)\1+$)[1-9]\d{0,2}(?:00|25|49|50|75|95|99)$/,
  /^[1-9]\d{1,2}000$/,
  /^(?:19\d\d|20[0-4]\d)$/,
  /^(?:[1-9]|1[0-2])(?:00|15|30|45)$/,
  new RegExp(
    `^(?:an? |${BELOW_100} )(?:hundred|thousand)(?: ${BELOW_100} hundred)?(?: and)?(?: ${BELOW_100})?$`,
  ),
  new RegExp(`^(?:nineteen|twenty) (?:oh ${ONE}|${TEEN}|${TENS}(?: ${ONE})?)$`),
  new RegExp(
    `^(?:${ONE}|${TEEN}|${TENS} ${ONE}|${TENS}) (?:twenty five|forty nine|fifty|seventy five|ninety five|ninety nine)$`,
  ),
  TIME,
];
/** only where it stands alone: "350, 425, then 90" */
const TENS_OR_FIVES = /^[1-9][05]$/;
const IS_HOUR = new RegExp(`^${HOUR}$`);
const AS_ON_CARD = /^4-4-4-4$/;
const LONGEST_ITEM = 8;
const LONGEST_PHONE = 11;
const POSTCODE_DIGITS = 5;
/** "7712443, that is 7712443"; 8 digits twice may be a card, and 9 a social security number */
const SAID_TWICE = /^(\d{5,7})\1$/;
/** of those that cards begin with; none begins as a year of our time does */
const CARD_AS_CHECKED = /^(?:3[47]\d{13}|(?:2[2-7]|[3-6]\d)\d{14})$/;
const isTime = (parts: readonly Part[]) => TIME.test(wordsOf(parts));

function isPlain(parts: readonly Part[]): boolean {
  const isOne = parts.slice(0, -1).every(({ after }, n) => {
    const isScale = /^(?:hundred|thousand)$/.test(parts[n]?.bare ?? '');
    return after === 'NONE' || (after === 'WORD' && isScale);
  });
  return isOne && PLAIN.some((pattern) => pattern.test(wordsOf(parts)));
}

/** Whether parts from a place on are made of nothing but what `isItem` takes. */
function consistsOf(
  parts: readonly Part[],
  isItem: (some: readonly Part[], from: number) => boolean,
): boolean {
  const reached = new Set([0]);
  for (let from = 0; from < parts.length; from++) {
    if (!reached.has(from)) continue;
    let digits = 0;
    for (let to = from + 1; to <= parts.length; to++) {
      // nothing that a list is of has more
      digits += parts[to - 1]?.value.length ?? 0;
      if (digits > LONGEST_PHONE || to - from > LONGEST_PHONE) break;
      if (!reached.has(to) && isItem(parts.slice(from, to), from)) reached.add(to);
    }
  }
  return reached.has(parts.length);
}

/** Numbers of one kind that follow each other: units 1201, 1202 and 1204, a meter at 48213, 48377 and 48541. */
function areSiblings(parts: readonly Part[]): boolean {
  const groups = splitInGroups(parts);
  if (groups.length === 1) return false;
  return groups.every((value, n) => {
    const last = groups[n - 1];
    const isNext =
      !last ||
      (value.length === last.length && value > last && value.slice(0, 2) === last.slice(0, 2));
    return /^[1-9]\d{3,5}$/.test(value) && isNext;
  });
}

/** Sizes of two figures, each larger than the one before: "32, 34, 36". In any other order they may be pairs of a card. */
function areRising(parts: readonly Part[]): boolean {
  const pairs = digitsOf(parts).match(/../g) ?? [];
  const isApart = parts.every(({ value }) => value.length === 2);
  const areParted = parts.filter(({ after }) => after !== 'NONE').length === pairs.length;
  const areTwo = isApart || (areParted && /^2(?:-2)+$/.test(groupsOf(parts)));
  return areTwo && pairs.every((pair, n) => pair >= '10' && pair > (pairs[n - 1] ?? ''));
}

/** Pairs with their word between them, and parted from the next: hours, "8 to 10, 10 to 12", or sizes, "36 by 48, 24 by 36". */
function arePairs(
  parts: readonly Part[],
  isJoined: (part: Part) => boolean,
  isItem: (part: Part) => boolean,
): boolean {
  return parts.every((part, n) => {
    const last = parts[n - 1];
    const isFirst = isJoined(part);
    if (isFirst === (last !== undefined && isJoined(last)) || !isItem(part)) return false;
    return isFirst || part.after !== 'NONE';
  });
}
const areRanges = (parts: readonly Part[]) =>
  arePairs(
    parts,
    ({ isRange = false }) => isRange,
    ({ bare }) => IS_HOUR.test(bare),
  );
/** Figures that are told one by one are digits. */
const areSizes = (parts: readonly Part[]) =>
  parts.filter(({ value }) => value.length > 1).length * 2 > parts.length &&
  arePairs(
    parts,
    ({ isMeasured = false }) => isMeasured,
    ({ bare }) => /^[1-9]\d{0,2}$/.test(bare),
  );

/** "98.6, 99.1 and 101.2" */
const areDecimals = (parts: readonly Part[]) =>
  parts.length > 1 && parts.every(({ bare }) => /^\d{1,3}(?:,\d{3})*\.\d{1,6}$/.test(bare));

/** "Five five five oh one two three. Yes, five five five oh one two three." */
function isSaidTwice(parts: readonly Part[]): boolean {
  const value = digitsOf(parts);
  if (!SAID_TWICE.test(value) || new Set(value).size < 3) return false;
  let told = 0;
  const middle = parts.find(({ value: one }) => {
    told += one.length;
    return told * 2 === value.length;
  });
  return middle !== undefined && (isParted(middle) || middle.value.length > 4);
}

/** "415 555 01", and in the next turn "zero one nine eight": the last group of a telephone number was begun again. */
function isGroupAgain(parts: readonly Part[]): boolean {
  return parts.some((_, at) => {
    const [before, again] = [parts.slice(0, at), digitsOf(parts.slice(at))];
    const begun = /^1?\d{6}(\d{1,3})$/.exec(digitsOf(before))?.[1];
    const isOne = /^(?:1-)?3-3-[123]$/.test(groupsOf(before));
    if (!begun || !isOne || again.length !== 4 || !again.startsWith(begun)) return false;
    return PHONE.test(digitsOf(before).slice(0, -begun.length) + again);
  });
}

/** A postcode or what of a telephone number was begun and is begun again, before the number itself. */
function isBeforePhone(parts: readonly Part[]): boolean {
  for (let at = Math.max(1, parts.length - LONGEST_PHONE); at < parts.length; at++) {
    const [before, phone] = [parts.slice(0, at), parts.slice(at)];
    if (!isParted(parts[at - 1]) || !isPhone(phone)) continue;
    const begun = digitsOf(before);
    if (begun.length >= 3 && begun.length < 10 && digitsOf(phone).startsWith(begun)) return true;
    if (begun.length === POSTCODE_DIGITS && /^5$/.test(groupsOf(before))) return true;
  }
  return false;
}

/** Whether a number is as long as a card, and checks to one. */
export function checksToCard(value: string): boolean {
  const sum = [...value].reverse().reduce((total, digit, n) => {
    const doubled = Number(digit) * (n % 2 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return CARD_AS_CHECKED.test(value) && sum % 10 === 0;
}

/**
 * Whether runs that are as long as a card together are a list of other numbers.
 * @param runs neighbours of one channel
 * @param tokens the tokens that they point into
 */
export function isList(runs: readonly NumberRun[], tokens: readonly TimedToken[]): boolean {
  if (checksToCard(runs.map(({ value }) => value).join(''))) return false;
  const all = runs.map((run) => partsOf(run, tokens));
  const parts = all.flatMap((some) => some ?? []);
  if (all.includes(null) || parts.length === 0) return false;
  if (areRanges(parts)) return true;
  if (parts.some(({ isRange, value }) => isRange && value.length < 2)) return false;
  const groups = splitInGroups(parts);
  // nobody lists one thing again and again
  if (groups.length > 2 && new Set(groups).size === 1) return false;
  // nothing but figures as they stand on a card, and no word that a list has before its last
  const isOne = runs.length === 1 && !parts.some(({ after }, n) => n > 0 && after === 'WORD');
  if (isOne && AS_ON_CARD.test(groupsOf(parts)) && /^[3-6]/.test(digitsOf(parts))) return false;
  const hasTimes = parts.filter((_, n) => isTime(parts.slice(n, n + 2))).length > 1;
  // without "or" two of seven digits may be a card that lost two
  const [from, to] = [parts[0]?.at, parts.at(-1)?.at];
  const hasWord = tokens.slice(from, to).some(({ bare }) => /^(?:or|and|also|then)$/.test(bare));
  const hasOneShort = parts.filter(({ value }) => TENS_OR_FIVES.test(value)).length === 1;
  const isItem = (some: readonly Part[], from: number) => {
    const isApart = isParted(parts[from - 1]) && isParted(some.at(-1));
    if (some.length <= LONGEST_ITEM && isPlain(some)) return true;
    if (!isApart) return false;
    const isHour = hasTimes && IS_HOUR.test(wordsOf(some));
    return (
      isHour ||
      isPhone(some) ||
      (hasWord && isLocalPhone(some)) ||
      (hasOneShort && some.length === 1 && TENS_OR_FIVES.test(digitsOf(some)))
    );
  };
  return (
    consistsOf(parts, isItem) ||
    [areSiblings, areRising, areSizes, areDecimals, isSaidTwice, isBeforePhone, isGroupAgain].some(
      (is) => is(parts),
    )
  );
}
