// Sound to words (child process only): Moonshine's networks, the search over what they say, and its vocabulary, which is
// Llama's.

import llamaTokenizer from 'llama-tokenizer-js';
import { searchText } from './beam-search.ts';
import { MODEL_RATE } from './model-rate.ts';
import type { Networks } from './networks.ts';
import type { ExpectedWay } from './say-next.ts';

/** More than anybody says in a second. */
const TOKENS_PER_SECOND = 6.5;
/** Shorter than the encoder's first step; nobody says a word in it. */
const SHORTEST_SAMPLES = 0.1 * MODEL_RATE;

/** Words that are expected, each with what it adds to the logarithm of a text's likelihood. */
export type Expected = ReadonlyMap<string, number>;

/** What was heard: the text, and the same in tokens. */
export interface Heard {
  text: string;
  tokens: string[];
}

/** How a stretch is heard: which words to expect, and how many texts are followed at once. */
export interface Hearing {
  expected: Expected;
  beams: number;
}

/** The loaded recogniser. */
export interface Recognizer {
  /** @param samples at 16 kHz */
  hear(samples: Float32Array, hearing: Hearing): Promise<Heard>;
}

const PIECES: readonly string[] = llamaTokenizer.vocabById;

/** "<0xE2>" is a byte of a letter that the vocabulary has no token for; the others are letters, "▁" a space. */
function write(tokens: readonly number[]): string {
  const bytes = tokens.flatMap((token) => {
    const piece = PIECES[token] ?? '';
    const [, byte] = piece.match(/^<0x([0-9A-F]{2})>$/) ?? [];
    return byte ? [Number.parseInt(byte, 16)] : [...Buffer.from(piece.replaceAll('▁', ' '))];
  });
  return Buffer.from(bytes).toString();
}

/** As it is within a sentence and at the beginning of one. */
function waysOf(expected: Expected): ExpectedWay[] {
  return [...expected].flatMap(([word, bonus]) => {
    const spellings = new Set([word, word.charAt(0).toUpperCase() + word.slice(1)]);
    return [...spellings].map((spelling) => ({
      tokens: llamaTokenizer.encode(spelling, false, true),
      bonus,
    }));
  });
}

/** Makes a recogniser of loaded networks. */
export function createRecognizer(networks: Networks): Recognizer {
  return {
    async hear(samples, { expected, beams }) {
      if (samples.length < SHORTEST_SAMPLES) return { text: '', tokens: [] };
      const most = Math.floor((samples.length / MODEL_RATE) * TOKENS_PER_SECOND);
      const sound = await networks.listen(samples);
      const search = { expected: waysOf(expected), pieces: PIECES, beams, most };
      const tokens = await searchText(networks, sound, search);
      return { text: write(tokens).trim(), tokens: tokens.map((token) => write([token])) };
    },
  };
}
