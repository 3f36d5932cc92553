// Where a business closes a talk with the day or the hour that was spoken of before: "okay, Biscuit, Thursday seven thirty".
// Whatever turns lie between the offer and that, both have agreed.
import { BUSINESS_CALLS } from './find-need.ts';
import { NOT_YET, piecesOf } from './find-settled.ts';
import { type Agreement, type Run, says, speaks } from './runs.ts';
import { LEAVES_OPEN, OF_ELSE, OFFERS_TIME, REFUSES } from './speech-acts.ts';
import { either, TIME_SAID } from './time-words.ts';

/** Where a business says a time again, it has it so. */
const CLOSES = either(
  `(?<=^(?:oh |well |um |uh )*)(?:okay|ok|alright|all right|great|perfect|done|got it|good|so|beautiful|wonderful|very good|sounds good|you got it|(?:i|we)(?:['’]ll| will|['’]ve| have)? (?:got|have|put|mark|write|see)|you(?:['’]re| are)|see you|(?:see|catch|expect)(?:ing)? (?:you|ya|him|her|them|y['’]?all))\\b`,
);
/** Not told back, but asked, left open or only thought of. */
const OPEN =
  /\?|\b(?:or|if|how about|what about|could|would|might|maybe|try|let me|check|but|until|till|between|(?:call|ring|phone|text|get with|get back to|let) (?:you|ya)|nothing|no|not|closed?|full|works|open)\b|n['’]t\b/i;
/** Words with which a time is said again; more tell something else. */
const MOST_WORDS = 16;

/** A time is told back by the business after the customer spoke of it, or heard of it and did not refuse. */
export function closedAt(runs: readonly Run[], i: number, isAsked: boolean): Agreement | undefined {
  const run = runs[i];
  if (!speaks(run, 'AGENT') || i < 2) return undefined;
  const before = runs.slice(0, i);
  const since = runs.slice(i - 1);
  const told = before.flat().filter(({ quote }) => !OF_ELSE.test(quote));
  const isOffered =
    isAsked ||
    before.some((one) =>
      one.some(
        ({ speaker, quote }) =>
          speaker === 'AGENT' &&
          OFFERS_TIME.test(quote) &&
          TIME_SAID.test(quote) &&
          !OF_ELSE.test(quote),
      ),
    );
  const isOpen = since.some((one) =>
    speaks(one, 'CALLER')
      ? says(one.slice(0, 1), REFUSES) || says(one, LEAVES_OPEN)
      : says(one, NOT_YET) || says(one, OF_ELSE),
  );
  if (!isOffered || isOpen || says(before[0], BUSINESS_CALLS)) return undefined;
  const shown = run?.find(({ quote, words }) => {
    const pieces = piecesOf(quote);
    return (
      pieces.length > 0 &&
      words <= MOST_WORDS &&
      CLOSES.test(quote) &&
      !OPEN.test(quote) &&
      pieces.every((piece) => told.some((one) => piecesOf(one.quote).includes(piece)))
    );
  });
  return shown && { signal: 'APPOINTMENT_BOOKED', shown, takenIn: shown.n };
}
