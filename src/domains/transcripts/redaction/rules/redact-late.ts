// What answers a question long after it: who has to look for a card's code or a social security number comes back when no window
// is open any more. The first number that has its form is it, until one has come.
import type { FoundCue } from './redact-cues.ts';
import { readsAsExpiry } from './redact-expiry.ts';
import type { SecureKind } from './redact-labels.ts';
import { findRuns, type NumberRun, type TimedToken } from './redact-runs.ts';

/** A number that was told in a call, or the label of one that was hidden before. */
export interface Told {
  startMs: number;
  endMs: number;
  digits: number;
  label?: string;
}

const SECURE_LABELS = new Set(['CARD_NUMBER', 'CVV', 'EXPIRY', 'SSN', 'DIGITS']);
// "… is my social" puts the question behind its answer.
const BEFORE_CUE_MS = 2_000;

interface Awaited {
  kind: Extract<SecureKind, FoundCue['kind']>;
  withinMs: number;
  isAnswer(run: NumberRun, tokens: readonly TimedToken[]): boolean;
  hasCome(told: Told): boolean;
}

/** What is waited for after a question that is one for sure; a card is waited for in redact-slow.ts. */
const AWAITED: readonly Awaited[] = [
  {
    ...{ kind: 'SSN', withinMs: 300_000 },
    isAnswer: ({ value }) => value.length === 9,
    hasCome: ({ digits, label }) => label === 'SSN' || digits === 9,
  },
  {
    ...{ kind: 'CVV', withinMs: 120_000 },
    isAnswer: ({ value }) => value.length === 3 || value.length === 4,
    hasCome: ({ digits, label }) => label !== undefined || digits === 3 || digits === 4,
  },
  {
    ...{ kind: 'EXPIRY', withinMs: 120_000 },
    isAnswer: readsAsExpiry,
    hasCome: ({ digits, label }) => label !== undefined || (digits >= 3 && digits <= 6),
  },
];

/** How long an answer to a question is waited for; what is no question for sure has its window alone. */
export function awaitedAfter({ kind, isNear, isLoose, opensCardWindow }: FoundCue): number {
  if (isNear || isLoose || (kind !== 'SSN' && !opensCardWindow)) return 0;
  return AWAITED.find((one) => one.kind === kind)?.withinMs ?? 0;
}

/** The numbers told in one channel. */
export function findTold(tokens: readonly TimedToken[]): Told[] {
  const labels = tokens.flatMap(({ label, startMs, endMs }) =>
    label && SECURE_LABELS.has(label) ? [{ startMs, endMs, digits: 0, label }] : [],
  );
  const runs = findRuns(tokens, false, []).filter(({ isOrdinary }) => !isOrdinary);
  return [
    ...labels,
    ...runs.map(({ startMs, endMs, value }) => ({ startMs, endMs, digits: value.length })),
  ];
}

/**
 * Finds the late answers in one channel.
 * @param runs its runs, in order
 * @param tokens the tokens that the runs point into
 * @param call what was asked and told in the whole call
 */
export function findLate(
  runs: readonly NumberRun[],
  tokens: readonly TimedToken[],
  { cues, told }: { cues: readonly FoundCue[]; told: readonly Told[] },
): { run: NumberRun; kind: SecureKind }[] {
  const plain = runs.filter(({ isOrdinary }) => !isOrdinary);
  return cues.flatMap((cue) => {
    const withinMs = awaitedAfter(cue);
    const awaited = AWAITED.find(({ kind }) => kind === cue.kind);
    const run = plain.find((one) => one.startMs >= cue.endMs && awaited?.isAnswer(one, tokens));
    if (withinMs === 0 || !awaited || !run || run.startMs - cue.endMs > withinMs) return [];
    const hasCome = told.some(
      (one) =>
        one.startMs >= cue.startMs - (cue.kind === 'SSN' ? BEFORE_CUE_MS : 0) &&
        one.startMs < run.startMs &&
        awaited.hasCome(one),
    );
    return hasCome ? [] : [{ run, kind: awaited.kind }];
  });
}
