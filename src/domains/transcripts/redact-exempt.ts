// What may stay although a card was mentioned: a time or a price whose own words and whose neighbours both say what it is.
// Dates need no rule: "the 4th" is no number here, and "March 28" may be an expiry. At worst four digits of a card stay, where
// they were heard as a quarter hour after "at", beside a word of an appointment, with no other number near.

import type { NumberRun, TimedToken } from './redact-runs.ts';

const WORDS_AROUND = 6;
// Quarter hours, as appointments are made. Single digits ("one oh three oh") and "1030" are digits like any other.
const TIME =
  /^(?:1[0-2]|[1-9]|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?:[: ](?:00|15|30|45|fifteen|thirty|fou?rty[- ]five))?(?:[ap]m)?$/;
const APPOINTMENT =
  /(?<![\w'])(?:today|tonight|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|morning|afternoon|evening|appointment|see you|o'clock|\d+(?:st|nd|rd|th))(?![\w'])/;
// Below a thousand, since four digits are a group of a card.
const WRITTEN_PRICE = /^[$€£]\d{1,3}(?:\.\d{2})?$/;
const SPOKEN_PRICE =
  /^(?:\d{1,3}|(?:(?:a|one|two|three|four|five|six|seven|eight|nine) hundred ?(?:and )?)?(?:(?:twen|thir|four?|fif|six|seven|eigh|nine)ty(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen)?)$/;
const CURRENCY = /^(?:dollars|bucks|pounds|euros)$/;
const COST =
  /(?<![\w'])(?:costs?|fee|price|prices|priced|total|charges?|charged|deposit|payment|estimate|quote|repair|service|visit|discount|balance|due)(?![\w'])/;

function wordsOf(tokens: readonly TimedToken[], from: number, to: number): string {
  const some = tokens.slice(Math.max(0, from), Math.max(0, to));
  return some.map((token) => token.bare).join(' ');
}

/**
 * Whether a run reads as the time of an appointment ("tomorrow at 10:30", "see you at ten thirty") or as a price below 1,000
 * ("the visit is $89", "a fee of eighty nine dollars"). Only a caller that sees no other number near it and no question for
 * another secret may trust that.
 * @param run a run of one channel
 * @param tokens the tokens that the run points into
 */
export function isTimeOrPrice(run: NumberRun, tokens: readonly TimedToken[]): boolean {
  const end = run.last + 1;
  const said = wordsOf(tokens, run.first, end);
  const before = wordsOf(tokens, run.first - WORDS_AROUND, run.first);
  const after = wordsOf(tokens, end, end + WORDS_AROUND);
  const isNear = (words: RegExp) => words.test(before) || words.test(after);

  if (tokens[run.first - 1]?.bare === 'at' && TIME.test(said)) return isNear(APPOINTMENT);
  const isSpoken = SPOKEN_PRICE.test(said) && CURRENCY.test(tokens[end]?.bare ?? '');
  return (isSpoken || WRITTEN_PRICE.test(said)) && isNear(COST);
}
