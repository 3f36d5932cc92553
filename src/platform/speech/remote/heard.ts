// What a provider heard, in the port's form: times in their bounds and in order, words that make up the text, and a mark
// where it doubts itself. Pure.
import type { TimedWord, TranscribedSegment } from '../transcription.ts';
import { estimateWordTimes } from '../word-times.ts';

/** A word as a provider tells it, in seconds from the begin of what it was sent; `confidence` from 0 to 1 where it has one. */
export interface HeardWord {
  text: string;
  start: number;
  end: number;
  confidence?: number | undefined;
}

/** A stretch of speech as a provider tells it, in seconds. */
export interface HeardStretch {
  start: number;
  end: number;
  text: string;
  words: HeardWord[];
  /** it doubts itself, by signs of its own */
  isDoubtful: boolean;
}

/** Where in the recording the provider's second 0 lies, and how long it listened; in milliseconds. */
interface Placed {
  channel: number;
  offsetMs: number;
  lengthMs: number;
}

/** Words that follow each other within this many seconds are one stretch, as the embedded engine parts them. */
const PAUSE_SECONDS = 0.8;
const LONGEST_SECONDS = 18;
/** Below this average a stretch is uncertain: about one word in three is then another one. */
const LEAST_CONFIDENCE = 0.7;

/** Puts words together where a provider tells no stretches. */
export function stretchesOfWords(words: readonly HeardWord[]): HeardStretch[] {
  const runs: HeardWord[][] = [];
  for (const word of words.toSorted((a, b) => a.start - b.start)) {
    const run = runs.at(-1);
    const [first, last] = [run?.[0], run?.at(-1)];
    const goesOn =
      first &&
      last &&
      word.start - last.end < PAUSE_SECONDS &&
      word.end - first.start < LONGEST_SECONDS;
    if (run && goesOn) run.push(word);
    else runs.push([word]);
  }
  return runs.map((run) => ({
    start: run[0]?.start ?? 0,
    end: Math.max(...run.map(({ end }) => end)),
    text: run.map(({ text }) => text).join(' '),
    words: run,
    isDoubtful: false,
  }));
}

/** Whether the words' own confidence is low; false where they have none. */
function isUnsure(words: readonly HeardWord[]): boolean {
  const known = words.flatMap(({ confidence }) => confidence ?? []);
  const sum = known.reduce((total, one) => total + one, 0);
  return known.length > 0 && sum / known.length < LEAST_CONFIDENCE;
}

/**
 * Stretches as segments of the recording, without those in which nothing was written.
 * @returns sorted by start; `isMeasured`: all words' times are the provider's own
 */
export function placeStretches(
  stretches: readonly HeardStretch[],
  placed: Placed,
): { segments: TranscribedSegment[]; isMeasured: boolean } {
  let isMeasured = true;
  const segments = stretches
    .toSorted((a, b) => a.start - b.start)
    .flatMap((stretch): TranscribedSegment[] => {
      const tokens = stretch.text.split(/\s+/).filter(Boolean);
      if (tokens.length === 0) return [];
      const text = tokens.join(' ');
      const startMs = placeOf(stretch.start, placed);
      const endMs = Math.max(startMs, placeOf(stretch.end, placed));
      const measured = measuredWords(tokens, stretch.words, placed, { startMs, endMs });
      isMeasured &&= measured !== null;
      return [
        {
          ...{ channel: placed.channel, startMs, endMs, text },
          uncertain: stretch.isDoubtful || isUnsure(stretch.words),
          words: measured ?? estimateWordTimes(text, startMs, endMs),
        },
      ];
    });
  return { segments, isMeasured };
}

/** A provider may tell of moments that lie outside of what it was sent. */
function placeOf(seconds: number, { offsetMs, lengthMs }: Placed): number {
  return Math.round(offsetMs + Math.max(0, Math.min(lengthMs, seconds * 1_000)));
}

/** The text's own words with the provider's times; null where it timed other words than it wrote. */
function measuredWords(
  tokens: readonly string[],
  words: readonly HeardWord[],
  placed: Placed,
  { startMs, endMs }: { startMs: number; endMs: number },
): TimedWord[] | null {
  if (words.length !== tokens.length) return null;
  const timed = words.toSorted((a, b) => a.start - b.start);
  let passed = startMs;
  return tokens.map((text, index) => {
    const word = timed[index];
    const from = Math.min(endMs, Math.max(passed, placeOf(word?.start ?? 0, placed)));
    passed = Math.min(endMs, Math.max(from, placeOf(word?.end ?? 0, placed)));
    return { text, startMs: from, endMs: passed };
  });
}
