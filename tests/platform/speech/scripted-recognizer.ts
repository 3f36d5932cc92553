// A recogniser that answers as it is told, for what no recording provokes on demand.

import type { OfflineRecognizer } from 'sherpa-onnx-node';

const RATE = 16_000;

/** Answers by the length of the audio it is given, in seconds; keeps what it was asked. */
export function scripted(
  answer: (seconds: number) => string,
): OfflineRecognizer & { asked: number[] } {
  const asked: number[] = [];
  return {
    asked,
    createStream: () => ({
      acceptWaveform: ({ samples }) => void asked.push(samples.length / RATE),
    }),
    decodeAsync: async () => {
      const text = answer(asked.at(-1) ?? 0);
      return { text, tokens: text.split(/(?= )/).filter(Boolean) };
    },
  };
}
