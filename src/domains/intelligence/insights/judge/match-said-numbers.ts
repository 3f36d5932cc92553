// The numbers of a text as they are said or written: what each is, what it stands with, and of an hour, which half of the day
// it is of. Pure, and English.
import { digitsOf, TELEPHONE } from './match-addresses.ts';
import { STREET, withTimes } from './match-labels.ts';
import {
  before,
  behind,
  FIGURE,
  type FoundNumber,
  findNumbers,
  type SaidNumber,
} from './match-number-words.ts';
import { withPrices } from './match-prices.ts';
import { passScaleOn, withLikelyHalves } from './match-ranges.ts';
import { levelTimes } from './match-times.ts';
import { withUnits } from './match-units.ts';

/** A telephone number without its area code. */
const LOCAL = /(?<![\d.,-])(\d{3})-(\d{4})(?![\d-])/g;
/** "One double nine", among figures that are said one by one. */
const DOUBLE = new RegExp(
  `(?<=\\b${FIGURE} )(double|triple) (${FIGURE})\\b|\\b(double|triple) (${FIGURE})\\b(?=(?: ${FIGURE}\\b){2})`,
  'g',
);
/** From so many figures on, one by one, they are one number. */
const SPELLED = 4;
/** "To", a word of a range: eight to ten. */
const RANGE = /^\s*(?:to|and|or|until|till|through|-|–)\s*$/;
const CENTS = /^\s*cents?\b/;
const DOLLARS = /^\s*(?:dollars?|bucks?)\s+(?:and\s+)?$/;
const MARK = /^\s*([ap]m)\b/;
const PART_BEHIND =
  /^\s*(?:o['’]clock\s*)?(?:in the |this |tomorrow |(?:on )?\w+day )?(morning|afternoon|evening)\b|^\s*(?:o['’]clock\s*)?(tonight)\b/;
const PART_BEFORE = /\b(morning|afternoon|evening|tonight),? (?:at|around|about|by)\s+$/;
const LIVES = /\b(?:lives?|living|located|office is) at\s+$/;
const AT_TIME = /\b(?:at|by|before|after|until|till|around)\s+$/;

/** The numbers of a text in their order, digits and words alike: "$1,200 at nine thirty p.m." = 1200, 9, 30, pm. */
export function numbersIn(text: string): string[] {
  return readNumbers(text).flatMap(({ value, half, isMarked }) =>
    half !== null && isMarked ? [value, half] : [value],
  );
}

/** The numbers of a text in their order, with what they stand with and what they count. */
export const readNumbers = (text: string): SaidNumber[] => readPlain(text).numbers;

/** The same, with the levelled text that they stand in. */
export function readPlain(text: string): { plain: string; numbers: FoundNumber[] } {
  const plain = levelTimes(text.toLowerCase())
    .replace(TELEPHONE, (found) => digitsOf(found))
    .replace(LOCAL, '$1$2')
    .replace(DOUBLE, (found) => {
      const [way, figure] = found.split(' ');
      return Array.from({ length: way === 'double' ? 2 : 3 }, () => figure).join(' ');
    });
  const whole = joinSpelled(joinCents(passScaleOn(findNumbers(plain), plain), plain));
  const timed = whole.map((one, at) => ({ ...one, ...timeOf(one, whole[at - 1], plain) }));
  for (const [at, one] of timed.entries()) passHalfOn(one, timed[at + 1], plain);
  const counted = withLikelyHalves(withUnits(timed, plain), plain);
  return { plain, numbers: withTimes(withPrices(counted, plain), plain) };
}

/** "Eighty nine dollars and fifty cents" is 89.50. */
function joinCents(numbers: readonly FoundNumber[], plain: string): FoundNumber[] {
  const joined: FoundNumber[] = [];
  for (const one of numbers) {
    const last = joined.at(-1);
    if (last && areCents(one, last, plain)) {
      const value = `${last.value}.${one.value.padStart(2, '0')}`;
      joined[joined.length - 1] = { ...last, value, figures: value, to: one.to };
    } else joined.push(one);
  }
  return joined;
}

function areCents(one: FoundNumber, last: FoundNumber, plain: string): boolean {
  const gap = plain.slice(last.to, one.from);
  const isDollars = DOLLARS.test(gap) || (/^\s+and\s+$/.test(gap) && plain[last.from - 1] === '$');
  const isCents = /^\d\d?$/.test(one.value) && CENTS.test(behind(plain, one.to));
  return isDollars && isCents && /^\d+$/.test(last.value);
}

/** Which half of the day a number is of, and whether it tells the minutes of the one before. */
function timeOf(
  one: FoundNumber,
  last: FoundNumber | undefined,
  plain: string,
): Pick<SaidNumber, 'half' | 'isMarked' | 'isMinutes'> {
  const next = behind(plain, one.to);
  const left = last ? before(plain, last.from) : '';
  const mark = MARK.exec(next)?.[1];
  const isHour = last && /^(?:1?\d|2[0-3])$/.test(last.value);
  const isTwo = /^[0-5]\d$/.test(one.figures);
  const isColon = last && plain.slice(last.to, one.from) === ':';
  const isAt = last && AT_TIME.test(left) && !LIVES.test(left) && !STREET.test(next);
  const isMinutes = Boolean(
    isHour && isTwo && one.follows === 'AT_ONCE' && (isColon || isAt || mark),
  );
  if (mark) return { half: mark as 'am' | 'pm', isMarked: true, isMinutes };
  const said = PART_BEHIND.exec(next) ?? PART_BEFORE.exec(before(plain, one.from));
  const part = said?.[1] ?? said?.[2];
  return { half: part ? halfOf(part) : null, isMarked: false, isMinutes };
}

const halfOf = (part: string) => (part === 'morning' ? 'am' : 'pm');

/** "Eight to ten am": both are of the morning. "This morning at nine thirty": so are the minutes. */
function passHalfOn(one: FoundNumber, next: FoundNumber | undefined, plain: string): void {
  if (!next) return;
  if (next.isMinutes && next.half === null) next.half = one.half;
  const isRange = RANGE.test(plain.slice(one.to, next.from));
  const isRising = Number(one.value) % 12 < Number(next.value) % 12;
  if (isRange && isRising && one.half === null) one.half = next.half;
}

/** Figures that are said one by one are one number from four on; of fewer an "oh" belongs to the figure behind it. */
function joinSpelled(numbers: readonly FoundNumber[]): FoundNumber[] {
  const joined: FoundNumber[] = [];
  for (let at = 0; at < numbers.length; ) {
    const run = spelledFrom(numbers, at);
    const [first, last] = [run[0] as FoundNumber, run.at(-1) as FoundNumber];
    const figures = run.map((one) => one.figures).join('');
    if (run.length >= SPELLED) {
      joined.push({ ...first, ...{ value: figures, figures, to: last.to, isSpelled: false } });
    } else joined.push(...withoutOhs(run));
    at += run.length;
  }
  return joined;
}

/** "Three oh five" are 3 and 05. */
function withoutOhs(run: readonly FoundNumber[]): FoundNumber[] {
  return run.flatMap((one, at) => {
    const last = run[at - 1];
    if (one.isOh) return [];
    return last?.isOh
      ? [{ ...last, ...{ value: one.value, figures: `0${one.figures}`, to: one.to, isOh: false } }]
      : [one];
  });
}

/** The figures that stand together from a place on, behind commas too where they come in groups. */
function spelledFrom(numbers: readonly FoundNumber[], at: number): FoundNumber[] {
  const end = (from: number) => {
    let to = from + 1;
    while (numbers[to]?.follows === 'AT_ONCE' && numbers[to]?.isSpelled) to += 1;
    return to;
  };
  if (!numbers[at]?.isSpelled) return numbers.slice(at, at + 1);
  let to = end(at);
  while (to - at > 1 && numbers[to]?.follows === 'COMMA' && numbers[to]?.isSpelled) {
    const next = end(to);
    if (next - to < 2) break;
    to = next;
  }
  return numbers.slice(at, to);
}
