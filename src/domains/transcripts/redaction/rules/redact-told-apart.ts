// What is as long as a card, or as a group of one, and is told as something else: with its name, with what it counts, or as
// a telephone number.

import { BELOW_100, ONE } from './redact-list-words.ts';
import { checksToCard, isList } from './redact-lists.ts';
import {
  digitsOf,
  groupsOf,
  isParted,
  isPhone,
  type Part,
  partsOf,
  sizeOf,
  splitInGroups,
  wordsOf,
} from './redact-parts.ts';
import type { NumberRun, TimedToken } from './redact-runs.ts';

/** The last group of a card of fifteen digits. */
const LAST_GROUP = 5;
/** The least that may be a card by its length. */
const CARD_DIGITS = 12;
const WHOLE_CARD = 15;
const WORDS_BEFORE = 6;
/** What is told with its own name. "For the reservation" is no name: a card that pays for it may follow. Nor is an account's. */
const NAMED =
  /\b(?:(?:tracking|serial|imei|vin|isbn|upc|sku)(?: (?:numbers?|code|id))?|(?:order|parcel|model|part|meter|policy|claim|case|ticket|invoice|confirmation|reference|reservation|booking|unit|route) (?:numbers?|code|id)|(?:gate|door|entry|access) code)(?: (?:is|are|was|it's|it is|that's))*$/;
/** Where something is, by a few figures: "unit 1204", "the parking spot is 2210". */
const PLACED =
  /\b(?:unit|suite|apartment|room|lot|spot|space|exit|box|route|extension)(?: (?:number|is))*$/;
const PLACES =
  /\b(?:units|suites|apartments|rooms|lots|spots|spaces|exits|routes|extensions)(?: (?:numbers|are))*$/;
const LONGEST_OF_PLACE = 4;

const isOfPlace = (digits: string) => digits.length <= LONGEST_OF_PLACE;
const isEnd = ({ mark, endsSegment }: TimedToken) => mark === 'STOP' || endsSegment === true;

/** What was said right before a run, in its sentence. */
function saidBefore({ first }: NumberRun, tokens: readonly TimedToken[]): string {
  const before = tokens.slice(Math.max(0, first - WORDS_BEFORE), first);
  const said = before.slice(before.findLastIndex(isEnd) + 1);
  return said.map(({ bare }) => bare).join(' ');
}

/** "Sixteen digits": how many there are, and none of them. */
export const isCountOfDigits = ({ last, value }: NumberRun, tokens: readonly TimedToken[]) =>
  /^1[56]$/.test(value) && /^digits?$/.test(tokens[last + 1]?.bare ?? '');

/** Whether a run of a few figures tells where something is. */
export function isPlaced(run: NumberRun, tokens: readonly TimedToken[]): boolean {
  return isOfPlace(run.value) && PLACED.test(saidBefore(run, tokens));
}

/** Whether a run was told with the name of another number than a card's: "the tracking number is …". */
export function isNamed(run: NumberRun, tokens: readonly TimedToken[]): boolean {
  const before = saidBefore(run, tokens);
  const parts = partsOf(run, tokens);
  if (!parts || checksToCard(run.value)) return false;
  if (PLACES.test(before))
    return sizeOf(parts) < WHOLE_CARD && splitInGroups(parts).every(isOfPlace);
  if (!NAMED.test(before)) return false;
  // "the order number is 12. 4532 7112 …": what is parted from the first may be a card
  const last = parts.findIndex(
    ({ at, after }, n) => after !== 'NONE' || tokens.slice(at, parts[n + 1]?.at ?? at).some(isEnd),
  );
  return sizeOf(parts.slice(last + 1)) < CARD_DIGITS;
}

const STREET =
  /^(?:street|avenue|road|lane|drive|court|boulevard|way|place|circle|terrace|st|ave|rd|ln|dr|ct|blvd)$/;
/** Written large behind a number that is no house's. */
const NO_STREET =
  /^(?:visa|mastercard|amex|american|discover|thanks?|okay|yes|please|that|and|is)$/;

/** Whether a telephone number stands right before the number of a house: "1 415 555 0198 1204 Maple". */
function isOfStreet(
  phone: readonly Part[],
  house: readonly Part[],
  tokens: readonly TimedToken[],
): boolean {
  const last = house.at(-1);
  const digits = digitsOf(house);
  if (!last || !/^[1-9]\d{0,4}$/.test(digits) || tokens[last.at]?.mark) return false;
  if (/^3[47]/.test(digitsOf(phone)) && digits.length === LAST_GROUP) return false;
  const [name, type] = [tokens[last.at + 1], tokens[last.at + 2]];
  if (!name?.isName || NO_STREET.test(name.bare)) return false;
  return STREET.test(type?.bare ?? '') || groupsOf(phone).includes('-');
}

/**
 * What is left of a run without the telephone numbers in it that were told as such: "call me at 415 555 0198, 22 Elm Street".
 * @param isTold whether a phone was spoken of before
 */
export function withoutPhones(
  run: NumberRun,
  tokens: readonly TimedToken[],
  isTold: (phone: NumberRun) => boolean,
): NumberRun[] {
  const parts = partsOf(run, tokens);
  if (!parts || checksToCard(run.value)) return [run];
  const runOf = (some: readonly Part[]): NumberRun[] => {
    const [from, to] = [some[0], some.at(-1)];
    if (!from || !to) return [];
    const { startMs = 0 } = tokens[from.at] ?? {};
    const { endMs = 0 } = tokens[to.at] ?? {};
    return [{ ...run, first: from.at, last: to.at, value: digitsOf(some), startMs, endMs }];
  };
  for (let from = 0; from < parts.length; from++) {
    for (let to = from + 1; isParted(parts[from - 1]) && to <= parts.length; to++) {
      const phone = parts.slice(from, to);
      if (sizeOf(phone) > 11) break;
      if (!isPhone(phone)) continue;
      const isBeforeHouse = isOfStreet(phone, parts.slice(to), tokens);
      const isOne = isParted(phone.at(-1)) && runOf(phone).some(isTold);
      if (!isOne && !isBeforeHouse) continue;
      // four, six and five may be told as three, three, four and five
      if (from === 0 && sizeOf(parts.slice(to)) === LAST_GROUP) continue;
      const rest = runOf(parts.slice(to)).flatMap((one) => withoutPhones(one, tokens, isTold));
      return [...runOf(parts.slice(0, from)), ...rest];
    }
  }
  return [run];
}

const UNIT =
  /^(?:square|sq|feet|foot|ft|inch|inches|yards?|miles?|gallons?|hours?|minutes?|seconds?|days?|weeks?|months?|years?|pounds?|lbs?|tons?|volts?|amps?|watts?|psi|btus?|degrees|calories|people|units?|street|avenue|road|lane|drive|court|boulevard)$/;
const AMOUNT = new RegExp(`^(?:${BELOW_100}|${ONE} (?:oh ${ONE}|${BELOW_100}))$`);
/** Shorter words between two numbers may be what is left of a digit. */
const LEAST_LETTERS = 4;

/** Whether what a run counts, or the street that it is of, stands right behind it: "1200 feet", "1204 Maple". */
export function isCounted({ last }: NumberRun, tokens: readonly TimedToken[]): boolean {
  const next = tokens[last + 1];
  const isFollowed = next?.kind === 'OTHER' && !tokens[last]?.mark && !next.label;
  return Boolean(isFollowed && (UNIT.test(next.bare) || next.isName));
}

/**
 * Whether each of some runs is told as something else than a group of a card: counted, named, by itself an amount of three
 * figures, or plain. "1200 dollars for the first, 1500 dollars …", "a 2015 Honda, a 2018 Ford …", "112 in June, 145 in July".
 */
export function areToldApart(runs: readonly NumberRun[], tokens: readonly TimedToken[]): boolean {
  const isParted = (from: NumberRun | undefined, to: NumberRun | undefined) =>
    !from ||
    !to ||
    tokens
      .slice(from.last + 1, to.first)
      .some(({ kind, bare }) => kind === 'OTHER' && bare.length >= LEAST_LETTERS);
  return runs.every((run, n) => {
    if (run.isOrdinary || isNamed(run, tokens) || isCounted(run, tokens)) return true;
    if (isPlaced(run, tokens)) return true;
    const words = wordsOf(partsOf(run, tokens) ?? []);
    const isAlone = isParted(runs[n - 1], run) && isParted(run, runs[n + 1]);
    return (isAlone && AMOUNT.test(words)) || isList([run], tokens);
  });
}
