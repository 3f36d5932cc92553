// A recogniser that answers as it is told, for what no recording provokes on demand.

import type { Hearing, Recognizer } from '#platform/speech/recognizer.ts';

const RATE = 16_000;

/** Answers by the length of the audio it is given, in seconds; keeps what it was asked, and how. */
export function scripted(
  answer: (seconds: number) => string,
): Recognizer & { asked: number[]; hearings: Hearing[] } {
  const asked: number[] = [];
  const hearings: Hearing[] = [];
  return {
    asked,
    hearings,
    async hear(samples, hearing) {
      const seconds = samples.length / RATE;
      asked.push(seconds);
      hearings.push(hearing);
      const text = answer(seconds);
      return { text, tokens: text.split(/(?= )/).filter(Boolean) };
    },
  };
}
