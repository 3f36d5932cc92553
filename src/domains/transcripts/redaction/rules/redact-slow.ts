// A card that is told slowly, with talk between its groups: each of them keeps the window open until as many digits have come as
// a card has.
import type { FoundCue } from './redact-cues.ts';
import { isTimeOrPrice } from './redact-exempt.ts';
import { nameRun } from './redact-name-run.ts';
import type { NumberRun, TimedToken } from './redact-runs.ts';
import { isSaidBetween } from './redact-said.ts';
import { isPlaced } from './redact-told-apart.ts';

const CARD_DIGITS = 15;
const LEAST_TOLD = 4;
const KEEPS_OPEN_MS = 30_000;
const ANSWERED_MS = 20_000;
const PIECE_DIGITS = { least: 2, most: 8 };

/** Whether so many digits may be a piece of a card. */
export const isPieceOf = (digits: number): boolean =>
  digits >= PIECE_DIGITS.least && digits <= PIECE_DIGITS.most;

/** How long the rest of a card is waited for after a piece; 0 when all has come. */
export const keptOpen = (told: number): number => (told < CARD_DIGITS ? KEEPS_OPEN_MS : 0);

const cardsOf = (cues: readonly FoundCue[]) => cues.filter(({ kind }) => kind === 'CARD');

interface Call {
  cues: readonly FoundCue[];
  /** where somebody names a number that is no secret */
  others: readonly Pick<FoundCue, 'startMs' | 'endMs'>[];
  /** whether a run stands in a window */
  isOpen(run: NumberRun): boolean;
}

function isPiece(run: NumberRun, tokens: readonly TimedToken[], { cues, others }: Call): boolean {
  const isOther =
    run.isOrdinary ||
    isPlaced(run, tokens) ||
    isTimeOrPrice(run, tokens) ||
    nameRun(run, [], cues) !== 'DIGITS';
  if (isOther || !isPieceOf(run.value.length)) return false;
  // what was asked for last
  const isAsked = ({ startMs, endMs }: Pick<FoundCue, 'startMs' | 'endMs'>) =>
    startMs <= run.startMs && run.startMs - endMs <= ANSWERED_MS;
  const other = others.findLast(isAsked);
  return !other || isSaidBetween(cardsOf(cues), other.startMs, run.startMs);
}

/**
 * Finds the pieces of cards that come after the windows of what was said before them.
 * @param runs all of one channel, prices and times too, in order
 * @param tokens the tokens that the runs point into
 * @param call what was said in the whole call
 */
export function findSlowPieces(
  runs: readonly NumberRun[],
  tokens: readonly TimedToken[],
  call: Call,
): NumberRun[] {
  const questions = [...cardsOf(call.cues), ...call.others];
  const found: NumberRun[] = [];
  let told = 0;
  let untilMs = -1;
  let lastMs = 0;
  for (const run of runs) {
    // "is this a one?"
    if (run.value.length < PIECE_DIGITS.least) continue;
    const isOpen = call.isOpen(run);
    const goesOn = run.startMs <= untilMs;
    if (!(isOpen || goesOn) || isSaidBetween(questions, lastMs, run.startMs)) told = 0;
    lastMs = run.endMs;
    if (!isPiece(run, tokens, call) || !(isOpen || (goesOn && told >= LEAST_TOLD))) {
      // a whole one needs no more
      told = run.value.length >= CARD_DIGITS ? CARD_DIGITS : 0;
      untilMs = -1;
      continue;
    }
    if (!isOpen) found.push(run);
    told += run.value.length;
    untilMs = told < CARD_DIGITS ? run.endMs + KEEPS_OPEN_MS : -1;
  }
  return found;
}
