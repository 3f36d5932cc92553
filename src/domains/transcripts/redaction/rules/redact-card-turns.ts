// Where talk of cards in general turns to one card: "Do you take Visa?", and then somebody says go ahead. Only there a card's
// window opens: the address or the telephone number that follows otherwise stays.
import { type FoundCue, findCues } from './redact-cues.ts';
import { findRuns, type TimedToken } from './redact-runs.ts';
import { findSaid, type Said } from './redact-said.ts';

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

/** Which of some words, by one of their times, is the first with that time. */
function firstsBy(some: readonly TimedToken[], time: 'startMs' | 'endMs'): Map<number, number> {
  const firsts = new Map<number, number>();
  for (const [at, token] of some.entries())
    if (!firsts.has(token[time])) firsts.set(token[time], at);
  return firsts;
}

/** How many of some times, in their order, come before one of which something is not so any more. */
function countWhile(times: readonly number[], isSo: (timeMs: number) => boolean): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isSo(times[middle] ?? 0)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether somebody who says so, from one token to another, is ready for a number. */
function isReady(
  { said: words }: Said,
  tokens: readonly TimedToken[],
  first: number,
  last: number,
): boolean {
  const before = tokens.slice(Math.max(0, first - MOST_WORDS), first);
  const from = before.findLastIndex(({ mark, endsSegment }) => mark || endsSegment) + 1;
  if (ASKS.test(words) && OF_SPEAKER.test(wordsOf(before.slice(from)))) return false;
  const next = tokens.slice(last, last + 1 + MOST_WORDS);
  const end = next.findIndex(({ endsSegment }) => endsSegment);
  const after = next.slice(1, end < 0 ? undefined : end + 1);
  const isEnd = tokens[last]?.mark !== undefined;
  return (isEnd || MAY_FOLLOW.test(wordsOf(after))) && wordsOf(after).search(ELSE) < 0;
}

/** Finds on one side who is ready for a number, and speaks of nothing else in that turn. */
function findReady({ tokens }: Side, mayBe: (one: Said) => boolean): Said[] {
  const begins = firstsBy(tokens, 'startMs');
  const ends = firstsBy(tokens, 'endMs');
  return findSaid(tokens, [TURNS])
    .flat()
    .filter(
      (one) =>
        mayBe(one) &&
        isReady(one, tokens, begins.get(one.startMs) ?? -1, ends.get(one.endMs) ?? -1),
    );
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
  const parting = sides
    .flatMap(({ tokens }) => [
      ...findSaid(tokens, [ELSE]).flat(),
      ...findRuns(tokens, false, []).filter(({ value }) => value.length >= LEAST_TOLD),
    ])
    .map(({ startMs }) => startMs)
    .sort((a, b) => a - b);
  const spoken = general.map(({ endMs }) => endMs).sort((a, b) => a - b);
  // of all that was said of cards before, the least lies between the last of it and the turn
  const mayBe = ({ startMs }: Said) => {
    const lastMs = spoken[countWhile(spoken, (atMs) => atMs <= startMs) - 1];
    if (lastMs === undefined || startMs - lastMs > WITHIN_MS) return false;
    const nextMs = parting[countWhile(parting, (atMs) => atMs < lastMs)];
    return nextMs === undefined || nextMs > startMs;
  };
  const turns = sides.map((side) => findReady(side, mayBe));
  const asOne = ({ startMs, endMs }: Said): FoundCue => ({
    ...{ kind: 'CARD', startMs, endMs, opensCardWindow: true },
  });
  return { cues: cues.map((some, n) => [...some, ...(turns[n] ?? []).map(asOne)]), general };
}
