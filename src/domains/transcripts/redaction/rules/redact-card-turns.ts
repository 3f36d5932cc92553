// Where talk of cards in general turns to one card: "Do you take Visa?", and then somebody says go ahead. Only there a card's
// window opens: the address or the telephone number that follows otherwise stays.
import { type FoundCue, findCues } from './redact-cues.ts';
import { findRuns, type TimedToken } from './redact-runs.ts';
import { findSaid, isSaidBetween, type Said } from './redact-said.ts';

/** How long after talk in general a card is waited for. */
const WITHIN_MS = 120_000;
/** As many digits are a number of its own. */
const LEAST_TOLD = 3;
const MOST_WORDS = 12;

const TURNS =
  /\b(?:go (?:right )?ahead|when(?:ever)? (?:you're|you are) ready|ready when(?:ever)? you are|i'm ready|(?:are you|okay|alright) ready|what(?:'s| is| are) the (?:card )?numbers?|what have you got|(?:read|give) (?:it|that|them|those)|read me|(?:give|read|tell) me (?:the|that|those|your) (?:numbers?|digits)|(?:i|we) can (?:take|do) (?:(?:(?:the|your|that|a) )?payment|it|that|those)|have (?:it|that) (?:handy|ready|with you|there|in front of you)|(?:get|grab|find|got) my (?:wallet|purse)|pay (?:(?:it|that|you) )?(?:(?:right )?now|over the phone|by phone)|here (?:it (?:is|goes|comes)|you go))\b/g;
const MAY_FOLLOW =
  /^(?:$|(?:(?:and )?(?:please|sir|ma'am|then|now|okay|right|sure)|when|to me|off|out|on (?:it|that|there)|what it says|for (?:it|that|the numbers?)|with (?:it|that|this|those|(?:the|your) (?:numbers?|digits|payment))|and (?:(?:read|give|tell|say) (?:it|that|them|those|me)|pay)|over the phone|here|today)\b)/;
/** "I'll go ahead", "we are going to go ahead", "let me know when you're ready" */
const OF_SPEAKER =
  /\b(?:(?:i|we|he|she|they)(?:'ll|'d|'m|'re)?(?: (?:am|are|is|can|could|will|would|should|just|gonna|going to|want to|need to|have to))*|let (?:me|us)(?: just)?|let's(?: just)?|lemme|know|call(?: me| us)?|back)$/;
/** What only asks when it is not of the speaker. */
const ASKS = /^(?:go|when)/;
const ELSE =
  /\b(?:address(?:es)?|street|located|(?<!\b(?:over|by|on) the )phone|cell|mobile|call ?back|(?:first|last|full|your|what) names?|spell|zip|birth|born|e-?mail|appointment|schedule|calendar|order|invoice|model|serial|vin|claim|policy|problem|going on|happening|wrong|questions?|issue|what time|what day|reach (?:you|me)|number to)\b/g;

interface Side {
  tokens: readonly TimedToken[];
}

const wordsOf = (some: readonly TimedToken[]) => some.map(({ bare }) => bare).join(' ');

/** Whether somebody who says so is ready for a number, and speaks of nothing else in that turn. */
function isReady({ said: words, startMs, endMs }: Said, tokens: readonly TimedToken[]): boolean {
  const first = tokens.findIndex((token) => token.startMs === startMs);
  const last = tokens.findIndex((token) => token.endMs === endMs);
  const before = tokens.slice(Math.max(0, first - MOST_WORDS), first);
  const from = before.findLastIndex(({ mark, endsSegment }) => mark || endsSegment) + 1;
  if (ASKS.test(words) && OF_SPEAKER.test(wordsOf(before.slice(from)))) return false;
  const end = tokens.findIndex(({ endsSegment }, at) => at >= last && endsSegment) + 1;
  const after = tokens.slice(last + 1, Math.min(end, last + 1 + MOST_WORDS));
  const isEnd = tokens[last]?.mark !== undefined;
  return (isEnd || MAY_FOLLOW.test(wordsOf(after))) && wordsOf(after).search(ELSE) < 0;
}

/** What is asked for on each side of a call, and where cards are spoken of in general. */
export interface AskedInCall {
  /** by side */
  cues: FoundCue[][];
  general: FoundCue[];
}

type Start = Pick<Said, 'startMs'>;

const isBehind = ({ startMs }: Start, { endMs }: FoundCue) =>
  endMs <= startMs && startMs - endMs <= WITHIN_MS;

/** Whether cards were spoken of in general not long before. */
export const isAwaited = (one: Start, general: readonly FoundCue[]) =>
  general.some((talk) => isBehind(one, talk));

/**
 * Finds what is asked for in a call.
 * @param sides all of its channels
 */
export function findAsked(sides: readonly Side[]): AskedInCall {
  const found = sides.map(({ tokens }) => findCues(tokens));
  const general = found.flat().filter(({ isGeneral }) => isGeneral);
  const cues = found.map((some) => some.filter(({ isGeneral }) => !isGeneral));
  if (general.length === 0) return { cues, general };
  // what parts a question for a number from the talk of cards
  const parting = sides.flatMap(({ tokens }) => [
    ...findSaid(tokens, [ELSE]).flat(),
    ...findRuns(tokens, false, []).filter(({ value }) => value.length >= LEAST_TOLD),
  ]);
  const turns = sides.map(({ tokens }) =>
    findSaid(tokens, [TURNS])
      .flat()
      .filter(
        (one) =>
          general.some(
            (talk) => isBehind(one, talk) && !isSaidBetween(parting, talk.endMs, one.startMs),
          ) && isReady(one, tokens),
      ),
  );
  const asOne = ({ startMs, endMs }: Said): FoundCue => ({
    ...{ kind: 'CARD', startMs, endMs, opensCardWindow: true },
  });
  return { cues: cues.map((some, n) => [...some, ...(turns[n] ?? []).map(asOne)]), general };
}
