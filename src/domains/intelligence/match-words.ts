// The words of a text as keywords are compared with them: small letters, no marks, and what recognition split by a hyphen
// read both ways: "good-bye" is "goodbye", and "good" before "bye".

/** One way on from a place in a text: the word that is said there, and the place behind it. */
export interface WordStep {
  word: string;
  to: number;
}

/** A text as places between its words. */
export interface SpokenText {
  /** per place, the ways on: none behind the last word, and none at a label such as [CARD_NUMBER], which was not said */
  steps: readonly (readonly WordStep[])[];
  /** per place, which of the words between spaces stands there, from 0 */
  wordAt: readonly number[];
}

// What redaction or the recogniser wrote.
const LABEL = /^\[[A-Za-z_]+\]/;
const HYPHENS_ONLY = /^[\p{L}\p{N}]+(?:[-‐‑][\p{L}\p{N}]+)+$/u;
const OUTER_MARKS = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu;
const INNER_MARKS = /[^\p{L}\p{N}]+/u;

/** The words of a text between spaces, as it has them; `wordAt` counts these. */
export function splitWords(text: string): string[] {
  return text.split(/\s+/).filter(Boolean);
}

/** Reads a text. "$180." is "180", "don’t" is "dont", "10:00" is "10" before "00". */
export function readWords(text: string): SpokenText {
  const steps: WordStep[][] = [];
  const wordAt: number[] = [];
  for (const [at, written] of splitWords(text).entries()) {
    if (LABEL.test(written)) {
      steps.push([]);
      wordAt.push(at);
      continue;
    }
    const plain = written.normalize('NFKC').toLowerCase().replace(/['’]/g, '');
    const bare = plain.replace(OUTER_MARKS, '');
    const parts = bare.split(INNER_MARKS).filter(Boolean);
    const first = steps.length;
    for (const word of parts) {
      steps.push([{ word, to: steps.length + 1 }]);
      wordAt.push(at);
    }
    if (HYPHENS_ONLY.test(bare)) {
      steps[first]?.push({ word: parts.join(''), to: steps.length });
    }
  }
  return { steps, wordAt };
}
