// Which runs of one channel are social security numbers: what comes after a mention of one, and nine digits grouped 3-2-4.

import { joinSsnPieces } from './redact-broken.ts';
import type { FoundCue } from './redact-cues.ts';
import { isToldAsPhone } from './redact-exempt.ts';
import type { NumberRun, TimedToken } from './redact-runs.ts';

interface Window {
  startMs: number;
  endMs: number;
}

const DIGITS = 9;
// Recognition drops and doubles digits, also several.
const LEAST_DIGITS = 7;
const MOST_DIGITS = 11;
// What was heard of one may be fewer, where its rest stands close behind.
const LEAST_BEGUN = 5;
const WINDOW_MS = 30_000;
// Estimated word times err by up to half a second, and "… is my social" puts the cue behind.
const BEFORE_CUE_MS = 2_000;
const GROUPS = '3-2-4';

function isGrouped({ first, last, value }: NumberRun, tokens: readonly TimedToken[]): boolean {
  if (value.length !== DIGITS) return false;
  const groups = tokens.slice(first, last + 1).filter((token) => token.kind === 'NUMBER');
  return groups.map((token) => token.value.length).join('-') === GROUPS;
}

/** Whether one is waited for where a number comes: with a digit too many, and a price behind it, it looks like a phone in a list. */
export function isSsnDue(run: NumberRun, cues: readonly FoundCue[]): boolean {
  return cues.some(
    ({ kind, isNear, startMs, endMs }) =>
      kind === 'SSN' && !isNear && startMs <= run.endMs && run.startMs - endMs <= WINDOW_MS,
  );
}

/** Where a number was hidden before and does not go on behind its label. */
function wasTold(tokens: readonly TimedToken[], { startMs, endMs }: Window, run: NumberRun) {
  const at = tokens.findLastIndex(
    (one, place) =>
      one.label === 'SSN' && place < run.first && one.endMs >= startMs && one.startMs <= endMs,
  );
  return at >= 0 && tokens.slice(at + 1, run.first).some(({ kind }) => kind !== 'FILLER');
}

/** How many words may stand where digits were misheard: "seven zero two nine" as "seven, there are two, nine". */
const MOST_MISHEARD = 3;

/** What is missing of a number and stands behind a few words of the same sentence. */
function findRest(run: NumberRun, runs: readonly NumberRun[], tokens: readonly TimedToken[]) {
  const next = runs.find(({ first }) => first > run.last);
  if (!next || run.value.length + next.value.length > DIGITS) return undefined;
  const between = tokens.slice(run.last, next.first);
  const isOneSentence = !between.some(({ mark, endsSegment }) => mark === 'STOP' || endsSegment);
  return isOneSentence && between.length <= MOST_MISHEARD + 1 ? next : undefined;
}

/**
 * Finds the social security numbers of one channel.
 * @param runs its runs, prices and times left out
 * @param tokens the tokens that the runs point into
 * @param cues cues of the whole call
 * @param phoneCues where somebody speaks of a phone, in the whole call
 */
export function findSsns(
  runs: readonly NumberRun[],
  tokens: readonly TimedToken[],
  cues: readonly FoundCue[],
  phoneCues: readonly Window[],
): NumberRun[] {
  const plain = runs.filter(({ isOrdinary }) => !isOrdinary);
  const hasItsLength = ({ value }: NumberRun) =>
    value.length >= LEAST_DIGITS && value.length <= MOST_DIGITS;
  const found = new Set(runs.filter((run) => isGrouped(run, tokens)));
  for (const cue of cues.filter(({ kind, isNear }) => kind === 'SSN' && !isNear)) {
    const startMs = cue.startMs - BEFORE_CUE_MS;
    const endMs = cue.endMs + WINDOW_MS;
    const pieces = plain.filter(
      (run) => run.endMs >= startMs && run.startMs <= endMs && !isToldAsPhone(run, phoneCues, cues),
    );
    const inWindow = joinSsnPieces(pieces, tokens, hasItsLength).filter((run) =>
      cue.isLoose ? hasItsLength(run) : run.value.length >= 3,
    );
    // The address that is told next is no part of the number, but a second number may follow: "and mine is …".
    // What was told before the question, a phone that lost a digit, is the number only where none comes behind it.
    const numbers = inWindow.filter(hasItsLength);
    const number = numbers.find((one) => one.endMs > cue.endMs) ?? numbers[0];
    const begun = number ?? inWindow.find(({ value }) => value.length >= LEAST_BEGUN);
    const rest = begun && !cue.isLoose ? findRest(begun, plain, tokens) : undefined;
    if (rest) found.add(rest);
    for (const run of inWindow) {
      const isBefore =
        !wasTold(tokens, { startMs, endMs }, run) && (!number || run.startMs <= number.startMs);
      const isAnother = hasItsLength(run) && run.value.length <= DIGITS + 1;
      if (isBefore ? run.value.length <= MOST_DIGITS : isAnother) found.add(run);
    }
  }
  return [...found];
}
