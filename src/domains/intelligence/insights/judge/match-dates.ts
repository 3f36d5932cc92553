// The days of months that a text tells, each with its month: "June fourth", "the 4th of June", "6/4". Pure, and English. That
// both the month and the day were said of something makes no date of them.

import { openSaid, type Said } from './match-said.ts';
import { readPlain } from './match-said-numbers.ts';

const MONTH =
  /\b(?:january|february|march|april|june|july|august|september|october|november|december)\b|\bmay\b(?=,? (?:the )?\d| (?:the )?(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty)\b)|(?<=\b(?:of|in) )may\b/g;
/** From a month to its day: "June the", "June, Thursday the". */
const TO_DAY = /^,?(?: \w+day)?,?(?: the)? $/;
/** From a day to its month. */
const TO_MONTH = /^ ?(?:th|st|nd|rd)?(?: day)?,?(?: of| in)? (?:this |next )?$/;
/** From a day to its month in the next sentence: "The ninth? Of June, right?" */
const TO_MONTH_BEHIND = /^ ?(?:th|st|nd|rd)?(?:[.?!]|\n)\s*(?:(?:yes|yeah|so),? )?(of |in )?$/;
/** Of such a month nothing else is told. */
const ALONE = /^(?:[.?!\n]|$|, (?:right|yes|yeah|correct)\b)/;
/** From one day to the next of the same month. */
const TO_NEXT =
  /^ ?(?:th|st|nd|rd)?,? ?(?:to|through|until|till|and|or|-|–|,)?(?: on)?(?: \w+day)?,?(?: the)? ?$/;
const SENTENCE_END = /[.?!]\s|\n/g;
/** A month holds for a day that is told without one in so many sentences behind it: "Are you free in June?" – "On the fourth." */
const HOLDS_FOR = 4;

interface Day {
  day: string;
  /** null = none was told beside it */
  month: string | null;
  /** how many sentences stand before it */
  at: number;
  from: number;
}

/** The days of a text, and where each month was told. */
function readDays(text: string): {
  days: Day[];
  months: { name: string; at: number; from: number }[];
} {
  const { plain, numbers } = readPlain(text);
  const ends = [...plain.matchAll(SENTENCE_END)].map(({ index }) => index);
  const sentenceOf = (place: number) => {
    const after = ends.findIndex((end) => end >= place);
    return after < 0 ? ends.length : after;
  };
  const months = [...plain.matchAll(MONTH)].map(({ 0: name, index }) => ({
    ...{ name, from: index, to: index + name.length, at: sentenceOf(index) },
  }));
  const dated = numbers.map((one) => {
    const isDay = /^(?:[1-9]|[12]\d|3[01])$/.test(one.value);
    const mayBe = isDay && (one.unit === 'date' || one.unit === null) && !one.isMinutes;
    const before = months.findLast(({ to }) => to <= one.from);
    const behind = months.find(({ from }) => from >= one.to);
    const gap = plain.slice(before?.to ?? one.from, one.from);
    // "in May, nine to five" tells hours
    const isBefore = before && TO_DAY.test(gap) && (one.unit === 'date' || !gap.includes(','));
    const isBehind = behind && TO_MONTH.test(plain.slice(one.to, behind.from));
    const asked = behind && TO_MONTH_BEHIND.exec(plain.slice(one.to, behind.from));
    const isAsked =
      one.unit === 'date' && asked && (asked[1] || ALONE.test(plain.slice(behind.to)));
    const name = isBehind ? behind?.name : isBefore ? before?.name : isAsked ? behind?.name : null;
    const month = name ?? null;
    return { one, mayBe, month };
  });
  // "June fourth or fifth", "the ninth to the twelfth of August"
  const goesOn = (at: number) => {
    const [from, to] = [dated[at], dated[at + 1]];
    if (!from?.mayBe || !to?.mayBe) return false;
    return TO_NEXT.test(plain.slice(from.one.to, to.one.from));
  };
  for (let at = 1; at < dated.length; at++) {
    const [last, next] = [dated[at - 1], dated[at]];
    if (last && next && goesOn(at - 1)) next.month ??= last.month;
  }
  for (let at = dated.length - 2; at >= 0; at--) {
    const [one, next] = [dated[at], dated[at + 1]];
    if (one && next && goesOn(at)) one.month ??= next.month;
  }
  const days = dated
    .filter(({ mayBe, month, one }) => mayBe && (month !== null || one.unit === 'date'))
    .map(({ one, month }) => ({ day: one.value, month, at: sentenceOf(one.from), from: one.from }));
  return { days, months };
}

/** Whether every day of a claim that has its month was said with it, or behind it without one. */
export function hasDates(claim: string, said: string | Said): boolean {
  const told = readDays(claim).days.filter(({ month }) => month !== null);
  if (told.length === 0) return true;
  const there = openSaid(said).once(readDays);
  return told.every((one) =>
    there.days.some(({ day, month, at, from }) => {
      if (day !== one.day) return false;
      if (month !== null) return month === one.month;
      return there.months.some(
        (other) => other.name === one.month && other.from < from && at - other.at <= HOLDS_FOR,
      );
    }),
  );
}
