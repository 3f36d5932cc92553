// A recogniser that answers as it is told, for what no recording provokes on demand.

import type { Expected, Recognizer } from '#platform/speech/recognizer.ts';

const RATE = 16_000;

/** Answers by the length of the audio it is given, in seconds; keeps what it was asked, and which words it was to expect. */
export function scripted(
  answer: (seconds: number) => string,
): Recognizer & { asked: number[]; expected: Expected[] } {
  const asked: number[] = [];
  const expectedEach: Expected[] = [];
  return {
    asked,
    expected: expectedEach,
    async hear(samples, expected) {
      const seconds = samples.length / RATE;
      asked.push(seconds);
      expectedEach.push(expected);
      const text = answer(seconds);
      return { text, tokens: text.split(/(?= )/).filter(Boolean) };
    },
  };
}
