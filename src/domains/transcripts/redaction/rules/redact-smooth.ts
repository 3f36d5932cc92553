// Speech without its stumbles: what was said twice in a row counts once, and "uh" not at all.
import type { TimedToken } from './redact-runs.ts';

/** A word, and the tokens it was said in. */
export interface SmoothWord {
  bare: string;
  first: number;
  last: number;
}

const HESITATION = /^(?:uh|um|er|erm|ah|eh|hm|hmm)$/;

/** Whether a word says nothing. */
export const isHesitation = (bare: string): boolean => HESITATION.test(bare);

/** The words of one channel; what was hidden before and numbers stay as they are. */
export function smooth(tokens: readonly Pick<TimedToken, 'bare'>[]): SmoothWord[] {
  const words: SmoothWord[] = [];
  for (const [at, { bare }] of tokens.entries()) {
    const before = words.at(-1);
    if (isHesitation(bare)) continue;
    // single letters are spelled, and figures may come twice
    if (before && bare.length > 1 && bare === before.bare && !/\d/.test(bare)) before.last = at;
    else words.push({ bare, first: at, last: at });
  }
  return words;
}

/** A shorter word has too many that sound like it. */
const LEAST_ALIKE_LETTERS = 7;

/** A long word as it sounds, but for its vowels: "tramedol" is "tramadol". */
export const soundOf = (word: string): string =>
  word.length < LEAST_ALIKE_LETTERS
    ? word
    : word.replace(/[aeiouy]+/g, '*').replace(/([^*])\1+/g, '$1');
