// What redaction reads: segments of both sides, and each side as one row of words in the order of speech.

import type { TimedToken } from './redact-runs.ts';
import { readTokens } from './redact-tokens.ts';

/** A word with its time in milliseconds. */
export interface RedactableWord {
  text: string;
  startMs: number;
  endMs: number;
}

/** The part of a transcript segment that redaction reads; times in milliseconds from the start of the recording. */
export interface RedactableSegment {
  channel: number;
  startMs: number;
  endMs: number;
  text: string;
  words: RedactableWord[];
  /** the engine doubts its text */
  uncertain?: boolean;
}

/** One side of a call, in the order of speech. */
export interface Channel {
  number: number;
  /** Per token: which segment it belongs to. */
  segmentOf: number[];
  words: RedactableWord[];
  tokens: TimedToken[];
}

// The text is what people read, so where an engine's word list disagrees with it the words are made anew from the text.
function listWords({ text, words, startMs, endMs }: RedactableSegment): RedactableWord[] {
  const texts = text.split(/\s+/).filter(Boolean);
  if (texts.length === words.length && words.every((word, i) => word.text === texts[i])) {
    return words;
  }
  const step = (endMs - startMs) / Math.max(1, texts.length);
  return texts.map((word, i) => ({
    text: word,
    startMs: Math.round(startMs + i * step),
    endMs: Math.round(startMs + (i + 1) * step),
  }));
}

function readChannel(segments: readonly RedactableSegment[], channel: number): Channel {
  const order = [...segments.entries()]
    .filter(([, segment]) => segment.channel === channel)
    .sort(([, a], [, b]) => a.startMs - b.startMs);
  const words: RedactableWord[] = [];
  const segmentOf: number[] = [];
  for (const [index, segment] of order) {
    for (const word of listWords(segment)) {
      words.push(word);
      segmentOf.push(index);
    }
  }
  const tokens = readTokens(words.map((word) => word.text)).map((token, i) => ({
    ...token,
    startMs: words[i]?.startMs ?? 0,
    endMs: words[i]?.endMs ?? 0,
    ...(segmentOf[i] !== segmentOf[i + 1] && { endsSegment: true as const }),
  }));
  return { number: channel, segmentOf, words, tokens };
}

/** The sides of a call. `segmentOf` points into `segments`. */
export function readChannels(segments: readonly RedactableSegment[]): Channel[] {
  const numbers = new Set(segments.map((segment) => segment.channel));
  return [...numbers].map((number) => readChannel(segments, number));
}
