// Says a thing of each kind in the ways in which people say it and recognition writes it down.
import { type Chance, sayNumber } from '../say-number.ts';
import type { ClassWords } from './words.ts';

const MONTHS =
  'January February March April May June July August September October November December'.split(
    ' ',
  );
const NTH =
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth'.split(' ');
const TEENS = 'ten eleven twelve thirteen fourteen fifteen sixteen seventeen'.split(' ');
const UNITS = 'one two three four five six seven eight nine'.split(' ');
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const SITES = [
  'harborplumbing.com',
  'harbor plumbing dot com',
  'our website',
  'sunrise dental dot net',
];
const JOBS = ['the plumber', 'the front desk', 'the manager', 'a technician', 'our dispatcher'];

const below = (chance: Chance, end: number) => Math.floor(chance() * end);
const pick = <T>(chance: Chance, from: readonly T[]): T => from[below(chance, from.length)] as T;
/** "84" → "eighty-four"; from 20 to 99. */
function tens(value: number): string {
  const unit = value % 10 === 0 ? '' : `-${UNITS[(value % 10) - 1]}`;
  return `${TENS[Math.floor(value / 10) - 2]}${unit}`;
}

function birth(chance: Chance, way: number): string {
  const month = 1 + below(chance, 12);
  const day = 1 + below(chance, 12);
  const year = 40 + below(chance, 59);
  const name = MONTHS[month - 1];
  const nth = NTH[day - 1];
  const two = (value: number) => String(value).padStart(2, '0');
  return [
    `${name} ${day}, 19${year}`,
    `the ${nth} of ${name} nineteen ${tens(year)}`,
    `${two(month)}/${two(day)}/${year}`,
    `${name} ${nth} ${tens(year)}`,
    `${month} ${day} ${year}`,
    `${name} ${nth}, nineteen ${tens(year)}`,
    `${UNITS[(month - 1) % 9]} ${UNITS[(day - 1) % 9]} ${tens(year)}`,
    `${two(month)}-${two(day)}-19${year}`,
  ][way % 8] as string;
}

function email(chance: Chance, way: number, { first, last }: ClassWords): string {
  const given = pick(chance, first).toLowerCase();
  const family = pick(chance, last).toLowerCase().replace('’', '');
  const host = pick(chance, ['example', 'gmail', 'yahoo', 'mailbox']);
  return [
    `${given}.${family}@${host}.com`,
    `${given} dot ${family} at ${host} dot com`,
    `${given}${family}@${host}.com`,
    `${given} underscore ${family} at ${host} dot com`,
    `${given[0]} ${family} ${40 + below(chance, 50)} at ${host} dot net`,
    `${[...family].join('-')} at ${host} dot com`,
    `${given} ${family} at ${host} dot org`,
  ][way % 7] as string;
}

function address(chance: Chance, way: number, { streets }: ClassWords): string {
  const hundred = 1 + below(chance, 9);
  const two = 20 + below(chance, 79);
  const street = pick(chance, streets);
  return [
    `${hundred}${two} ${street}`,
    `${UNITS[hundred - 1]} ${tens(two)} ${street}`,
    `${[...String(two)].map((digit) => UNITS[Number(digit) - 1] ?? 'zero').join(' ')} ${street}`,
    `${two} ${street}, apartment ${hundred}`,
    `${hundred}${two} ${street}`.toLowerCase(),
    `${UNITS[hundred - 1]} hundred ${street}`,
  ][way % 6] as string;
}

function name(chance: Chance, way: number, { first, last }: ClassWords): string {
  const given = pick(chance, first);
  const family = pick(chance, last);
  return [`${given} ${family}`, given, `${given} ${family}`, `Mrs. ${family}`][way % 4] as string;
}

function quantity(chance: Chance, way: number): string {
  const few = 2 + below(chance, 8);
  const many = 21 + below(chance, 70);
  return [String(few), UNITS[few - 1], tens(many), String(many), `${UNITS[few - 1]} hundred`][
    way % 5
  ] as string;
}

function age(chance: Chance, way: number): string {
  const years = 21 + below(chance, 74);
  return [String(years), tens(years), tens(years).replace('-', ' ')][way % 3] as string;
}

function childAge(chance: Chance, way: number): string {
  const years = 2 + below(chance, 8);
  return [UNITS[years - 1], String(years), pick(chance, TEENS)][way % 3] as string;
}

/** What stands before "in the house" or "woman". */
function yearOld(chance: Chance, way: number): string {
  const years = 21 + below(chance, 74);
  const child = UNITS[1 + below(chance, 8)];
  return [
    `${years} year old`,
    `${tens(years)}-year-old`,
    `${child} year old`,
    `${years}-year-old`,
    `${tens(years).replace('-', ' ')} year old`,
    `${child}-month-old`,
  ][way % 6] as string;
}

function day(chance: Chance, way: number): string {
  const month = pick(chance, MONTHS);
  const date = 1 + below(chance, 12);
  return [`${month} ${date}`, `the ${NTH[date - 1]} of ${month}`, `${month} ${date}, 2027`][
    way % 3
  ] as string;
}

/** A thing of this kind, said in its n-th way; the ways come round again. */
export function sayThing(slot: string, way: number, chance: Chance, words: ClassWords): string {
  switch (slot) {
    case 'name':
      return name(chance, way, words);
    case 'email':
      return email(chance, way, words);
    case 'address':
      return address(chance, way, words);
    case 'birth':
      return birth(chance, way);
    case 'illness':
    case 'medicine':
    case 'treatment':
    case 'religion':
    case 'believer':
    case 'observance':
    case 'faith':
    case 'party':
    case 'partisan':
    case 'partisans':
    case 'place':
    case 'paper':
    case 'plainly':
    case 'holiday':
    case 'dish':
      // all of them, one after the other
      return words[slot][way % words[slot].length] as string;
    case 'age':
      return age(chance, way);
    case 'childage':
      return childAge(chance, way);
    case 'yearold':
      return yearOld(chance, way);
    case 'street':
      return pick(chance, words.streets);
    case 'firm':
      return pick(chance, words.firms);
    case 'job':
      return pick(chance, JOBS);
    case 'site':
      return pick(chance, SITES);
    case 'year': {
      const year = 50 + below(chance, 49);
      return [`19${year}`, `nineteen ${tens(year)}`][way % 2] as string;
    }
    case 'quantity':
      return quantity(chance, way);
    case 'day':
      return day(chance, way);
    case 'percent':
      return [`${20 + below(chance, 70)} percent`, `${tens(20 + below(chance, 70))} percent`][
        way % 2
      ] as string;
    case 'code':
      return sayNumber('cvv', way, chance) + (way % 2 ? ` ${UNITS[below(chance, 9)]}` : '');
    case 'phone':
    case 'price':
    case 'order':
    case 'date':
    case 'zip':
    case 'time':
      return sayNumber(slot, way, chance);
    default:
      throw new Error(`No kind ${slot}.`);
  }
}
