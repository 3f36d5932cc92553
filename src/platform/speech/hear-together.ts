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

const TOGETHER_BEAMS = 4;

/** A stretch and what was heard of it. */
export interface HeardStretch {
  stretch: SpeechStretch;
  heard: DecodedText;
}

/** The stretches of one channel that were heard alone and wait for their neighbours. */
export class HeardTogether {
  #waiting: (HeardStretch & { samples: Float32Array })[] = [];
  #length = 0;
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
    const isFull = this.#length + paddedEnd - paddedStart > TOGETHER_SAMPLES;
    const done = isFull ? await this.finish() : [];
    // the paddings of two neighbours may overlap
    const from = Math.max(paddedStart, this.#waiting.at(-1)?.stretch.paddedEnd ?? 0);
    const samples = window.slice(from, paddedEnd);
    this.#waiting.push({ ...next, samples });
    this.#length += samples.length;
    return done;
  }

  /** Hears those that wait in one go, and returns them. */
  async finish(): Promise<HeardStretch[]> {
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#length = 0;
    // Where nothing was understood, nothing tells which words are its own.
    const clear = waiting.filter(({ heard }) => !heard.uncertain);
    const together = clear.length > 1 ? await this.#decode(clear) : undefined;
    if (together === undefined) return waiting;
    const texts = shareWords(
      together,
      clear.map(({ heard }) => heard.text),
    );
    for (const [at, one] of clear.entries()) {
      one.heard = { text: texts[at] ?? one.heard.text, uncertain: false };
    }
    return waiting;
  }

  #decode(parts: readonly (HeardStretch & { samples: Float32Array })[]) {
    const length = parts.reduce((sum, { samples }) => sum + samples.length, 0);
    const all = new Float32Array(length);
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
