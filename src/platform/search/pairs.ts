// Words that stand side by side, as numbers: a phrase of common words is looked up by its pairs, so that only lines that
// most likely hold it are read. Pure.
import { hashText } from './hash-text.ts';

/** of a pair: so many that other pairs share a key in few documents, so few that the index holds lists, not single entries */
const PAIR_BITS = 18;

/**
 * The keys of the pairs in a row of words.
 * @param mark goes into the keys, so that one account's documents are not read for another's
 * @param words as they stand in a document's line: each behind its speaker's letter; null: nothing reaches across it
 * @returns 32-bit signed integers, each once; none for a single word
 */
export function pairKeys(mark: string, words: readonly (string | null)[]): Set<number> {
  const owner = hashText(mark) << PAIR_BITS;
  const keys = new Set<number>();
  for (const [n, word] of words.entries()) {
    const next = words[n + 1];
    if (word === null || next === null || next === undefined) continue;
    keys.add(owner | (hashText(`${word} ${next}`) & ((1 << PAIR_BITS) - 1)));
  }
  return keys;
}
