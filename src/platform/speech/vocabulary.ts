// How much the words that a business expects on its calls count when a recording is heard (child process only).

import type { Expected } from './recognizer.ts';

// Natural logarithms, chosen on the first calls of the evaluation (eval/README.md, "Words to expect").
const EXPECTED = 3;
const HEARD_ALONE = 5;

/** What each word adds where a stretch is heard alone. */
export function expectAlone(vocabulary: readonly string[]): Expected {
  return new Map(vocabulary.map((word) => [word, EXPECTED]));
}

/**
 * What each word adds where stretches are heard once more, in one go: a word that was heard in one of them alone is taken
 * for much likelier than one that was not.
 * @param alone what was heard of each
 */
export function expectAgain(vocabulary: readonly string[], alone: readonly string[]): Expected {
  // "roofing" holds "roof", "entire" no "tire"
  const heard = alone.map((text) => ` ${text.toLowerCase().replace(/[^\p{L}\p{M}]+/gu, ' ')}`);
  return new Map(
    vocabulary.map((word) => {
      const wasHeard = heard.some((text) => text.includes(` ${word.toLowerCase()}`));
      return [word, wasHeard ? HEARD_ALONE : EXPECTED];
    }),
  );
}
