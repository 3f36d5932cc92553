// What one side says without a break, until the other speaks, and what is looked for in it.
import type { Signal } from './port.ts';
import type { Sentence } from './sentences.ts';
import { LEAVES_OPEN, takes } from './speech-acts.ts';

/** What was agreed on or refused, and the sentence that shows it. */
export interface Agreement {
  signal: Signal;
  shown: Sentence;
  /** the turn in which it was taken, where two were needed */
  takenIn?: number;
}

/** The sentences of one side, until the other speaks. */
export type Run = readonly Sentence[];

/** Cuts a talk where the speaker changes. */
export function cutRuns(sentences: readonly Sentence[]): Run[] {
  const runs: Sentence[][] = [];
  for (const one of sentences) {
    const last = runs.at(-1);
    if (last?.[0]?.speaker === one.speaker) last.push(one);
    else runs.push([one]);
  }
  return runs;
}

/** Whether it is this speaker's. */
export const speaks = (run: Run | undefined, speaker: Sentence['speaker']) =>
  run?.[0]?.speaker === speaker;
/** Its first sentence with such words. */
export const says = (run: Run | undefined, pattern: RegExp) =>
  run?.find(({ quote }) => pattern.test(quote));

/** "Perfect, how long does it take?" takes it and asks for more. */
export function taking(run: Run | undefined, isTaken = takes): Sentence | undefined {
  if (!run || says(run, LEAVES_OPEN)) return undefined;
  return run.find(({ quote, isQuestion }) =>
    isTaken(isQuestion ? quote.slice(0, Math.max(0, quote.lastIndexOf(','))) : quote),
  );
}
