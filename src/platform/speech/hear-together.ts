// Hears the stretches of one channel a second time, several in one go: with more words around it the recogniser misses fewer
// (eval/README.md, "What was tried"). What is said between them on the other channel is left out.

import { type DecodedText, decodeOnce } from './decode-stretch.ts';
import { MODEL_RATE } from './model-rate.ts';
import type { Recognizer } from './recognizer.ts';
import type { SampleWindow } from './sample-window.ts';
import { shareWords } from './share-words.ts';
import type { SpeechStretch } from './speech-stretches.ts';
import { expectAgain } from './vocabulary.ts';

// As long as the longest stretch with its padding, so that it takes no more memory than one.
const TOGETHER_SAMPLES = 18.6 * MODEL_RATE;

const TOGETHER_BEAMS = 8;

/** A stretch and what was heard of it. */
export interface HeardStretch {
  stretch: SpeechStretch;
  heard: DecodedText;
}

type Waiting = HeardStretch & { samples: Float32Array };

/** The stretches of one channel that were heard alone and wait for their neighbours. */
export class HeardTogether {
  #waiting: Waiting[] = [];
  /** those that were heard in one go before, as far as they may be of use */
  #before: Waiting[] = [];
  readonly #recognizer: Recognizer;
  readonly #vocabulary: readonly string[];

  constructor(recognizer: Recognizer, vocabulary: readonly string[]) {
    this.#recognizer = recognizer;
    this.#vocabulary = vocabulary;
  }

  /**
   * Adds the next stretch with what was heard of it alone.
   * @param window samples at 16 kHz that hold the stretch
   * @returns those that waited, once they and this one are too long to be heard in one go
   */
  async add(next: HeardStretch, window: SampleWindow): Promise<HeardStretch[]> {
    const { paddedStart, paddedEnd } = next.stretch;
    const isFull = lengthOf(this.#waiting) + paddedEnd - paddedStart > TOGETHER_SAMPLES;
    const done = isFull ? await this.finish() : [];
    // the paddings of two neighbours may overlap
    const before = this.#waiting.at(-1) ?? this.#before.at(-1);
    const from = Math.max(paddedStart, before?.stretch.paddedEnd ?? 0);
    this.#waiting.push({ ...next, samples: window.slice(from, paddedEnd) });
    return done;
  }

  /** Hears those that wait in one go, and returns them. */
  async finish(): Promise<HeardStretch[]> {
    const waiting = this.#waiting;
    this.#waiting = [];
    // Where nothing was understood, nothing tells which words are its own.
    const clear = waiting.filter(({ heard }) => !heard.uncertain);
    const before = this.#asMuchAsFits(clear);
    const parts = [...before, ...clear];
    this.#before = parts;
    const together = clear.length > 0 && parts.length > 1 ? await this.#decode(parts) : undefined;
    if (together === undefined) return waiting;
    const texts = shareWords(
      together,
      parts.map(({ heard }) => heard.text),
    );
    for (const [at, one] of clear.entries()) {
      one.heard = { text: texts[before.length + at] ?? one.heard.text, uncertain: false };
    }
    return waiting;
  }

  /** What was said before is heard once more where there is room: the last words of a call may be few. */
  #asMuchAsFits(clear: readonly Waiting[]): Waiting[] {
    let from = this.#before.length;
    while (from > 0 && lengthOf([...this.#before.slice(from - 1), ...clear]) <= TOGETHER_SAMPLES) {
      from -= 1;
    }
    return this.#before.slice(from);
  }

  #decode(parts: readonly Waiting[]) {
    const all = new Float32Array(lengthOf(parts));
    let at = 0;
    for (const { samples } of parts) {
      all.set(samples, at);
      at += samples.length;
    }
    const texts = parts.map(({ heard }) => heard.text);
    const hearing = { expected: expectAgain(this.#vocabulary, texts), beams: TOGETHER_BEAMS };
    return decodeOnce((samples) => this.#recognizer.hear(samples, hearing), all);
  }
}

const lengthOf = (parts: readonly Waiting[]) =>
  parts.reduce((sum, { samples }) => sum + samples.length, 0);
