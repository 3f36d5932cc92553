// Joins the number words of one channel into runs (one dictated number, with the fillers inside it) and runs into groups
// (a number broken up by a few words that belong to something else).

import type { Token } from './redact-tokens.ts';

/** A token with its time in milliseconds. */
export interface TimedToken extends Token {
  startMs: number;
  endMs: number;
  /** it is the last one of its segment */
  endsSegment?: true;
}

/** Tokens `first` to `last` of one channel and the digits they spell. `isOrdinary` marks what is plainly a price, time or percentage. */
export interface NumberRun {
  first: number;
  last: number;
  value: string;
  isOrdinary: boolean;
  startMs: number;
  endMs: number;
}

// Long enough for the other side to repeat a group of digits.
const LONGEST_PAUSE_MS = 12_000;
const MOST_FILLERS = 10;
const UNITS_OF_MONEY = /^(dollars?|bucks?|cents?|percent|pounds?|euros?|grand)$/;

function isSoundalike(token: Token | undefined): token is Token {
  return token?.kind === 'SOUNDALIKE';
}

// Inside a run "oh" is a zero. "For" is a digit beside a spoken digit; between two written groups it is the preposition.
function readSoundalikes(tokens: readonly Token[], from: number, to: number): string {
  let value = '';
  for (let at = from; at < to; at++) {
    const token = tokens[at];
    const isBesideDigit = [tokens[at - 1], tokens[at + 1]].some(
      (other) => (other?.kind === 'NUMBER' && other.value.length === 1) || isSoundalike(other),
    );
    value += isSoundalike(token) && (token.value === '0' || isBesideDigit) ? token.value : '';
  }
  return value;
}

// Beside the first or last spoken digit of a run a soundalike is a digit too: "oh" always, "for" and "to" only in a
// run that was misheard inside as well.
function widenOverSoundalikes(run: NumberRun, tokens: readonly TimedToken[]): void {
  const inside = tokens.slice(run.first, run.last + 1).filter(isSoundalike);
  const isMisheard = inside.filter((token) => token.value !== '0').length >= 2;
  const isDigit = (at: number, beside: number) => {
    const token = tokens[at];
    const neighbour = tokens[beside];
    const isSpoken = neighbour?.value.length === 1;
    return isSpoken && isSoundalike(token) && (token.value === '0' || isMisheard);
  };
  for (; isDigit(run.first - 1, run.first); run.first--) {
    run.value = tokens[run.first - 1]?.value + run.value;
  }
  for (; isDigit(run.last + 1, run.last); run.last++) {
    run.value += tokens[run.last + 1]?.value;
  }
  run.startMs = tokens[run.first]?.startMs ?? run.startMs;
  run.endMs = tokens[run.last]?.endMs ?? run.endMs;
}

function isAsked(asked: readonly Question[], run: NumberRun, fromMs: number, toMs: number) {
  return asked.some(
    ({ atMs, leastDigits }) => atMs >= fromMs && atMs <= toMs && run.value.length >= leastDigits,
  );
}

/** A question after which another number comes. */
export interface Question {
  /** when it was asked */
  atMs: number;
  /** a number of fewer digits goes on behind it */
  leastDigits: number;
}

/**
 * Finds the runs of one channel.
 * @param tokens the channel's tokens in the order of speech
 * @param countOrdinary whether prices, times and percentages count as numbers; otherwise they end a run
 * @param asked where somebody asked for a number: what comes after the question is another number than what stood before
 *   it ("tomorrow at ten." – "Your card number?" – "Four two …")
 */
export function findRuns(
  tokens: readonly TimedToken[],
  countOrdinary: boolean,
  asked: readonly Question[],
): NumberRun[] {
  const runs: NumberRun[] = [];
  let run: NumberRun | undefined;
  // Where the last word stood that is or may be a digit.
  let lastHeard = { at: 0, endMs: 0 };
  for (const [at, token] of tokens.entries()) {
    const { kind, value, startMs, endMs } = token;
    if (kind === 'NUMBER' || (countOrdinary && kind === 'ORDINARY')) {
      const isNear =
        run &&
        at - lastHeard.at - 1 <= MOST_FILLERS &&
        startMs - lastHeard.endMs <= LONGEST_PAUSE_MS &&
        !isAsked(asked, run, run.endMs, startMs);
      if (run && isNear) {
        run.value += readSoundalikes(tokens, run.last + 1, at) + value;
        run.isOrdinary &&= kind === 'ORDINARY';
        run.last = at;
        run.endMs = endMs;
      } else {
        run = { first: at, last: at, value, isOrdinary: kind === 'ORDINARY', startMs, endMs };
        runs.push(run);
      }
      lastHeard = { at, endMs };
    } else if (kind === 'SOUNDALIKE') {
      lastHeard = { at, endMs };
    } else if (kind === 'OTHER' || kind === 'ORDINARY') {
      run = undefined;
    }
  }
  for (const found of runs) {
    found.isOrdinary ||= UNITS_OF_MONEY.test(tokens[found.last + 1]?.bare ?? '');
    widenOverSoundalikes(found, tokens);
  }
  return runs;
}

/**
 * Groups neighbouring runs with at most `mostOtherWords` unrelated words between them.
 * @param runs runs of one channel, in order
 * @param tokens the tokens that the runs point into
 */
export function groupRuns(
  runs: readonly NumberRun[],
  tokens: readonly TimedToken[],
  mostOtherWords: number,
): NumberRun[][] {
  const groups: NumberRun[][] = [];
  for (const run of runs) {
    const group = groups.at(-1);
    const previous = group?.at(-1);
    const between = tokens.slice((previous?.last ?? run.first) + 1, run.first);
    const otherWords = between.filter((token) => token.kind !== 'FILLER').length;
    const isNear =
      previous &&
      otherWords <= mostOtherWords &&
      // many words may have stood where one label stands
      !between.some(({ label }) => label) &&
      between.length <= MOST_FILLERS + mostOtherWords &&
      run.startMs - previous.endMs <= LONGEST_PAUSE_MS;
    if (group && isNear) {
      group.push(run);
    } else {
      groups.push([run]);
    }
  }
  return groups;
}
