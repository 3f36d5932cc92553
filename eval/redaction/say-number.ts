// Says a number of each kind in the ways in which people say it and recognition writes it down. No number is anybody's:
// phones are of the range kept for stories, social security numbers begin with 9, cards are drawn.
import type { Slot } from './grammar.ts';

/** Repeatable chance: numbers from 0 to below 1. */
export type Chance = () => number;

const DIGITS = 'zero one two three four five six seven eight nine'.split(' ');
const TEENS =
  'ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(' ');
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const MONTHS =
  'January February March April May June July August September October November December'.split(
    ' ',
  );
const STREETS = ['Oak Street', 'Maple Avenue', 'Lake Road', 'Hill Drive', 'Mill Lane'];
const AREAS = ['415', '212', '312', '617', '206'];

const below = (chance: Chance, end: number) => Math.floor(chance() * end);
const pick = <T>(chance: Chance, from: readonly T[]): T => from[below(chance, from.length)] as T;
const draw = (chance: Chance, count: number) =>
  Array.from({ length: count }, () => below(chance, 10)).join('');

/** "4242" → "four two four two". */
const singly = (digits: string) => [...digits].map((digit) => DIGITS[Number(digit)]).join(' ');
const withOh = (digits: string) => singly(digits).replaceAll('zero', 'oh');

/** "42" → "forty-two", "07" → "oh seven". */
function pair(two: string): string {
  const value = Number(two);
  if (value < 10) return `oh ${DIGITS[value]}`;
  if (value < 20) return TEENS[value - 10] ?? '';
  const unit = value % 10 === 0 ? '' : `-${DIGITS[value % 10]}`;
  return `${TENS[Math.floor(value / 10) - 2]}${unit}`;
}
const inPairs = (digits: string) => (digits.match(/../g) ?? []).map(pair).join(' ');
const doubled = (digits: string) =>
  (digits.match(/(\d)\1|\d/g) ?? [])
    .map((part) => (part.length === 2 ? `double ${singly(part[0] ?? '')}` : singly(part)))
    .join(' ');

const cut = (digits: string, sizes: readonly number[]) => {
  let end = 0;
  return sizes.map((size) => {
    end += size;
    return digits.slice(end - size, end);
  });
};

/** The ways for a long number in groups. */
const GROUPED: ((groups: readonly string[], chance: Chance) => string)[] = [
  (groups) => groups.map(singly).join(' '),
  (groups) => groups.map(singly).join(', '),
  (groups) => groups.join(' '),
  (groups) => groups.map(withOh).join(', '),
  (groups) => groups.map(doubled).join(' '),
  (groups) => groups.join('-'),
  (groups) => groups.map((one) => (one.length % 2 ? singly(one) : inPairs(one))).join(' '),
  (groups, chance) => groups.map(singly).join(` ${pick(chance, ['uh', 'and then', 'okay'])} `),
  (groups) => groups.join(''),
  (groups) => groups.map((one, n) => (n % 2 ? one : singly(one))).join(' '),
  (groups) => groups.map((one) => [...one].join('-')).join(' '),
];

function grouped(chance: Chance, way: number, digits: string, sizes: readonly number[]): string {
  return GROUPED[way % GROUPED.length]?.(cut(digits, sizes), chance) ?? '';
}

function card(chance: Chance, start: string, length: number): string {
  const digits = start + draw(chance, length - start.length - 1);
  const sum = [...digits].reverse().reduce((total, digit, n) => {
    const value = Number(digit) * (n % 2 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

function expiry(chance: Chance, way: number): string {
  const month = 1 + below(chance, 12);
  const year = 27 + below(chance, 6);
  const two = String(month).padStart(2, '0');
  const said = month < 10 ? `oh ${DIGITS[month]}` : pair(two);
  return [
    `${two}/${year}`,
    `${said} ${pair(String(year))}`,
    `${singly(two)} slash ${pair(String(year))}`,
    `${MONTHS[month - 1]} 20${year}`,
    `${two} ${year}`,
    `${said} twenty ${pair(String(year))}`,
    singly(`${two}${year}`),
  ][way % 7] as string;
}

function price(chance: Chance, way: number): string {
  const two = String(20 + below(chance, 79));
  const hundreds = 1 + below(chance, 9);
  return [
    `$${two}`,
    `${pair(two)} dollars`,
    `${DIGITS[hundreds]} hundred and ${pair(two)} dollars`,
    `$${hundreds}${two}`,
    `${hundreds},${two}0 dollars`,
    `$${hundreds}${two}.50`,
    `${DIGITS[hundreds]} ${pair(two)}`,
    `${DIGITS[hundreds]} thousand ${DIGITS[1 + below(chance, 9)]} hundred dollars`,
  ][way % 8] as string;
}

const ADDRESS = [
  (digits: string) => digits,
  inPairs,
  singly,
  (digits: string) => `${DIGITS[Number(digits[0])]} hundred`,
];
const DATES = [
  (month: string, day: number) => `${month} ${day}`,
  (month: string, day: number) => `${month} ${pair(String(day))}`,
  (month: string, day: number) => `the ${day}th of ${month}`,
  (month: string, day: number) => `${month} ${day}, 2027`,
];
const TIMES = ['nine thirty', '10:15', 'two o’clock', '9 a.m.', 'between one and three', '4:30'];
const SHORT = [(digits: string) => digits, singly, withOh];

/** A number of this kind, said in its n-th way; the ways come round again. */
export function sayNumber(slot: Slot, way: number, chance: Chance): string {
  switch (slot) {
    case 'card':
      return grouped(
        chance,
        way,
        card(chance, pick(chance, ['4', '51', '55', '6011']), 16),
        [4, 4, 4, 4],
      );
    case 'amex':
      return grouped(chance, way, card(chance, pick(chance, ['34', '37']), 15), [4, 6, 5]);
    case 'ssn':
      return grouped(chance, way, `9${draw(chance, 2)}4${draw(chance, 5)}`, [3, 2, 4]);
    case 'phone': {
      const line = `01${draw(chance, 2)}`;
      return grouped(chance, way, `${pick(chance, AREAS)}555${line}`, [3, 3, 4]);
    }
    case 'cvv':
      return SHORT[way % SHORT.length]?.(draw(chance, 3)) ?? '';
    case 'zip':
      return SHORT[way % SHORT.length]?.(draw(chance, 5)) ?? '';
    case 'order':
      return SHORT[way % SHORT.length]?.(draw(chance, 6 + (way % 3))) ?? '';
    case 'expiry':
      return expiry(chance, way);
    case 'price':
      return price(chance, way);
    case 'address': {
      const digits = `${1 + below(chance, 9)}${draw(chance, 1)}${1 + below(chance, 9)}0`;
      return `${ADDRESS[way % ADDRESS.length]?.(digits)} ${pick(chance, STREETS)}`;
    }
    case 'date':
      return DATES[way % DATES.length]?.(pick(chance, MONTHS), 11 + below(chance, 9)) ?? '';
    case 'time':
      return pick(chance, TIMES);
  }
}

const IN_WORDS = [0, 1, 3, 4, 6, 7];

/** The ways of each kind that are words, for voices that would read figures in their own way. */
export const SPOKEN_WAYS: Record<Slot, readonly number[]> = {
  card: IN_WORDS,
  amex: IN_WORDS,
  ssn: [0, 1, 3, 4, 7],
  phone: [0, 1, 3, 4, 7],
  cvv: [1, 2],
  zip: [1, 2],
  order: [1, 2],
  expiry: [1, 2, 5, 6],
  price: [1, 2, 7],
  address: [1, 2, 3],
  date: [1],
  time: [0],
};
