// What may stay although a card was mentioned: a time or a price whose own words and whose neighbours both say what it is,
// and, once a whole card has come, a phone number or date that is told as one. Before that, dates need no rule: "the 4th" is no number here, and "March 28" may be an expiry. At worst four digits of a card stay, where
// they were heard as a quarter hour after "at", beside a word of an appointment, with no other number near.

import type { FoundCue } from './redact-cues.ts';
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

const PHONE_NUMBER = /^1?[2-9]\d{2}[2-9]\d{6}$/;
const PHONE_CUE_REACH_MS = 15_000;
const ON_A_DAY =
  /\bon (?:the )?(?:january|february|march|april|may|june|july|august|september|october|november|december)$/;
const DAY_AND_YEAR = /^(?:[1-9]|[12]\d|3[01])(?:20\d{2})?$/;
const YEAR_OF_A_DAY =
  /\d(?:st|nd|rd|th) of (?:january|february|march|april|may|june|july|august|september|october|november|december)$/;

/**
 * Whether a run has the shape of a phone number and a phone is what was last spoken of before it.
 * @param phoneCues where somebody speaks of a phone, in the whole call
 * @param cues what tells that a secret comes, in the whole call
 */
export function isToldAsPhone(
  run: NumberRun,
  phoneCues: readonly Pick<FoundCue, 'startMs' | 'endMs'>[],
  cues: readonly FoundCue[],
): boolean {
  if (!PHONE_NUMBER.test(run.value)) return false;
  const isBefore = ({ startMs }: Pick<FoundCue, 'startMs'>) => startMs <= run.startMs;
  const spoken = phoneCues.filter(isBefore).reduce((last, { endMs }) => Math.max(last, endMs), -1);
  return (
    spoken >= 0 &&
    run.startMs - spoken <= PHONE_CUE_REACH_MS &&
    !cues.some((cue) => isBefore(cue) && cue.endMs >= spoken)
  );
}

/** Whether a run is a day, "on March 15", or the year of one, "the 15th of March 2027". An expiry is not told with "on". */
export function isDate(run: NumberRun, tokens: readonly TimedToken[]): boolean {
  const before = wordsOf(tokens, run.first - WORDS_AROUND, run.first);
  if (YEAR_OF_A_DAY.test(before)) return /^20\d{2}$/.test(run.value);
  return ON_A_DAY.test(before) && DAY_AND_YEAR.test(run.value);
}

/** Whether a run of any length is told as a price: with its currency, beside a word of cost. */
export function isPrice(run: NumberRun, tokens: readonly TimedToken[]): boolean {
  const end = run.last + 1;
  const around = [
    wordsOf(tokens, run.first - WORDS_AROUND, run.first),
    wordsOf(tokens, end, end + WORDS_AROUND),
  ];
  return run.isOrdinary && run.value.length <= 6 && around.some((words) => COST.test(words));
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
