// What a number counts: money, a share, an hour of the clock, a day of a month, a measure, things. Pure, and English. Where it
// is not known it may be any: "the replacement is fifteen hundred".
import { before, behind, type FoundNumber } from './match-number-words.ts';

const MONTHS =
  'january february march april may june july august september october november december';
/** Behind it stands a day. */
const MONTH_BEFORE = new RegExp(`\\b(?:${MONTHS.replaceAll(' ', '|')})(?: the)?\\s+$`);
const SIGN = /([$€£])\s*$/;
const SIGNS: Readonly<Record<string, string>> = { $: 'dollar', '€': 'euro', '£': 'pound' };
/** Behind a number, with a space or a hyphen. Of a pound nobody knows whether it is paid or weighed. */
const COUNTED =
  /^[\s-]*(dollar|buck|usd|euro|cent|percent|per cent|%|second|minute|min|hour|hr|day|week|month|year|yr|gallon|mile|foot|feet|inch|degree|ton|amp|volt|watt|milligram|mg|milliliter|ml|liter|gram|btu|psi|mph|sq(?:uare|\.)?[ -]?f(?:oo|ee)?t)s?(?![a-z])/;
const SAME: Readonly<Record<string, string>> = {
  ...{ buck: 'dollar', usd: 'dollar', '%': 'percent', 'per cent': 'percent' },
  ...{ min: 'minute', hr: 'hour', yr: 'year', feet: 'foot' },
  ...{ mg: 'milligram', ml: 'milliliter' },
};
/** "Two forms": of a thing it matters only that it is none of the others. */
const THINGS =
  /^[\s-]*(?:forms|people|persons|men|guys|techs|technicians|rooms|bedrooms|bathrooms|heaters|units|trucks|cars|tires|visits|windows|doors|kids|children|dogs|cats|adults|guests|nights|seats|tickets|floors|bags|boxes|pieces|items|copies|pages|quotes|estimates|jobs|locations|acres)\b/;
const ORDINAL = /^\s?(?:th|st|nd|rd)\b/;
const O_CLOCK = /^\s*o['’]clock\b/;
const AT = /\b(?:at|by|before|after|until|till)\s+$/;
/** What follows an hour, where an amount would be followed by what it counts. */
const NO_NOUN =
  /^\s*(?:$|[.,;:!?)\n–—]|(?:on|in|for|and|to|or|this|next|tomorrow|today|tonight|(?:mon|tues|wednes|thurs|fri|satur|sun)day|sharp|please|if|when|with|is|was|works?|until|till|at|because|so|then)\b)/;
const BETWEEN = /\bbetween\s+$/;
const AND = /^\s*and\s*$/;
const TO = /^\s*(?:to|through|-|–)\s*$/;
const RANGE = /^\s*(?:to|through|and|or|-|–)\s*$/;

/** What a number counts, in small letters; null = it is not said. */
export type Unit = string | null;

const isHour = ({ value }: FoundNumber) => /^(?:1[0-2]|[1-9])$/.test(value);

function unitOf(one: FoundNumber, next: FoundNumber | undefined, plain: string): Unit {
  const [left, right] = [before(plain, one.from), behind(plain, one.to)];
  const sign = SIGN.exec(left)?.[1];
  if (sign) return SIGNS[sign] ?? null;
  const counted = COUNTED.exec(right)?.[1];
  // "eighty nine dollars and fifty cents" is one number
  if (counted === 'cent' && one.value.includes('.')) return 'dollar';
  if (counted) return /^sq/.test(counted) ? 'square foot' : (SAME[counted] ?? counted);
  if (ORDINAL.test(right) || MONTH_BEFORE.test(left)) return 'date';
  if (THINGS.test(right)) return 'thing';
  if (one.half !== null || next?.isMinutes || O_CLOCK.test(right)) return 'clock';
  return isHour(one) && AT.test(left) && NO_NOUN.test(right) ? 'clock' : null;
}

/** Says of each number of a text what it counts: in a range both count the same. */
export function withUnits(numbers: readonly FoundNumber[], plain: string): FoundNumber[] {
  const found = numbers.map((one, at) => ({ ...one, unit: unitOf(one, numbers[at + 1], plain) }));
  for (let at = found.length - 2; at >= 0; at--) {
    const [one, next] = [found[at], found[at + 1]];
    if (!one || !next) continue;
    const gap = plain.slice(one.to, next.from);
    // "between eight and ten", "from nine to five" of nothing else are hours
    const isBetween = BETWEEN.test(before(plain, one.from)) && AND.test(gap);
    const isFalling = Number(one.value) > Number(next.value) && TO.test(gap);
    const areHours = isHour(one) && isHour(next) && one.unit === null && next.unit === null;
    if (areHours && (isBetween || isFalling)) {
      one.unit = 'clock';
      next.unit = 'clock';
    }
    if (one.unit === null && RANGE.test(gap)) one.unit = next.unit;
    if (next.unit === null && TO.test(gap.replace('$', ''))) next.unit = one.unit;
    if (isBetween && one.unit === 'clock') {
      one.isWithin = true;
      next.isWithin = true;
    }
  }
  return found.map((one, at) => {
    const isOne = !RANGE.test(plain.slice(one.to, found[at + 1]?.from).replace(/\b[ap]m\b/, ''));
    return { ...one, isExact: isOne && /\bat\s+$/.test(before(plain, one.from)) };
  });
}
