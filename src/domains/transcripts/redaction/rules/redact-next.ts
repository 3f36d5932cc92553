// What answers a question that may be one of a gate, a meter or a telephone, too: the next number, where it has three or four
// figures. What is told behind it stays.
import type { FoundCue } from './redact-cues.ts';
import type { NumberRun, TimedToken } from './redact-runs.ts';

const REACH_MS = 20_000;
const LEAST_DIGITS = 3;
const MOST_DIGITS = 4;

/** What of a run stands behind a cue whose own figure it begins with: "the four digit number is 9174". */
function behindCue(run: NumberRun, cue: FoundCue, tokens: readonly TimedToken[]): NumberRun {
  if (run.startMs >= cue.endMs) return run;
  const isBehind = ({ kind, startMs }: TimedToken) => kind === 'NUMBER' && startMs >= cue.endMs;
  const first = tokens.slice(run.first, run.last + 1).findIndex(isBehind) + run.first;
  const { startMs = run.startMs } = tokens[first] ?? {};
  return first < run.first ? run : { ...run, first, startMs, value: run.value.slice(1) };
}

/**
 * Finds what answers such questions in one channel.
 * @param runs its runs, in order
 * @param tokens the tokens that the runs point into
 * @param cues cues of the whole call
 */
export function findNext(
  runs: readonly NumberRun[],
  tokens: readonly TimedToken[],
  cues: readonly FoundCue[],
): { run: NumberRun; kind: 'CVV' | 'SSN' }[] {
  return cues.flatMap((cue) => {
    if (!cue.isNear) return [];
    const next = runs.find(
      ({ startMs, value, isOrdinary }) =>
        startMs >= cue.startMs && value.length >= LEAST_DIGITS && !isOrdinary,
    );
    if (!next || next.startMs - cue.endMs > REACH_MS) return [];
    const run = behindCue(next, cue, tokens);
    const isAnswer = run.value.length >= LEAST_DIGITS && run.value.length <= MOST_DIGITS;
    return isAnswer ? [{ run, kind: cue.kind === 'SSN' ? 'SSN' : 'CVV' }] : [];
  });
}
