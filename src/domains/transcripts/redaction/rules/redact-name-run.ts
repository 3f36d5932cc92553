// What a number in a card window is told as.
import type { FoundCue } from './redact-cues.ts';
import type { SecureKind } from './redact-labels.ts';
import type { NumberRun } from './redact-runs.ts';

const CUE_REACH_MS = 20_000;

/**
 * Names a run by what was asked for before it. A card is only what is one by its length, wherever it is told: what reads this
 * label later opens a window behind it.
 * @param cards those of the channel
 */
export function nameRun(
  run: NumberRun,
  cards: readonly NumberRun[],
  cues: readonly FoundCue[],
): SecureKind {
  if (cards.some(({ first, last }) => first <= run.last && last >= run.first)) return 'CARD';
  if (run.isOrdinary) return 'DIGITS';
  const digits = run.value.length;
  const cue = cues.findLast(
    ({ startMs, endMs }) => startMs <= run.startMs && run.startMs - endMs <= CUE_REACH_MS,
  );
  if (cue?.kind === 'CVV' && digits <= 4) return 'CVV';
  if (cue?.kind === 'EXPIRY' && digits <= 8) return 'EXPIRY';
  return cue?.kind === 'SSN' ? 'SSN' : 'DIGITS';
}
