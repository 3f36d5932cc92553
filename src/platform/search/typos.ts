// Misspellings: how many are allowed, how far two words are apart, and the keys under which near words are looked up
// without reading all of them. Pure.
import { hashText } from './hash-text.ts';

const ONE_TYPO_LETTERS = 5;
const TWO_TYPO_LETTERS = 9;
/** a word of five letters may have been heard as one of four */
const SHORTEST_HEARD = ONE_TYPO_LETTERS - 1;
/** keys are made of so many letters of a word's begin; of its end too where two typos are allowed */
const KEY_LETTERS = 5;
/** of a key: few enough that the index holds lists, not single entries; what else falls on a key is sorted out by distance */
const KEY_BITS = 14;

const LETTERS_ONLY = /^\p{L}+$/u;

/** How many typos may lie between a typed word and a heard one: 1 from five letters, 2 when both have nine; none in numbers. */
export function allowedTypos(typed: string, heard: string): 0 | 1 | 2 {
  const length = [...typed].length;
  if (length < ONE_TYPO_LETTERS || !LETTERS_ONLY.test(typed)) return 0;
  if (length >= TWO_TYPO_LETTERS && [...heard].length >= TWO_TYPO_LETTERS) return 2;
  return 1;
}

/** Is this word long enough to be searched with typos? */
export function mayHaveTypos(typed: string): boolean {
  return allowedTypos(typed, typed) > 0;
}

/**
 * The distance of two words: letters left out, added, replaced, and neighbours swapped count one each (optimal string
 * alignment, https://en.wikipedia.org/wiki/Damerau–Levenshtein_distance).
 * @returns the distance, or most + 1 when it is greater than `most`
 */
export function typosBetween(a: string, b: string, most: number): number {
  const [left, right] = [[...a], [...b]];
  if (Math.abs(left.length - right.length) > most) return most + 1;
  let before: number[] = [];
  let above = right.map((_, n) => n + 1);
  above.unshift(0);
  for (let i = 1; i <= left.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= right.length; j += 1) {
      const cost = left[i - 1] === right[j - 1] ? 0 : 1;
      let best = Math.min(
        (above[j] as number) + 1,
        (row[j - 1] as number) + 1,
        (above[j - 1] as number) + cost,
      );
      if (i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1]) {
        best = Math.min(best, (before[j - 2] as number) + 1);
      }
      row.push(best);
    }
    if (Math.min(...row) > most) return most + 1;
    before = above;
    above = row;
  }
  return Math.min(above[right.length] as number, most + 1);
}

/**
 * The keys of a word: hashes of its first letters, as they are and with one left out (a shift by a typo before their end
 * is made good by leaving out the last one), and the same from its end. With one typo the beginnings share a key. With
 * two, one stands in the first half or none, or the same from the end: the words have nine letters, so one of the
 * halves has at most one. Two words that share a key may still be far apart.
 * @param owner goes into the hashes, so that one account's words are not read for another's
 * @returns 32-bit signed integers; none for words that no typed word may be near to
 */
export function typoKeys(owner: string, word: string): number[] {
  const letters = [...word];
  if (letters.length < SHORTEST_HEARD || !LETTERS_ONLY.test(word)) return [];
  const texts = leaveOneOut(letters.slice(0, KEY_LETTERS)).map((text) => `^${text}`);
  if (letters.length >= TWO_TYPO_LETTERS) {
    texts.push(...leaveOneOut(letters.slice(-KEY_LETTERS)).map((text) => `$${text}`));
  }
  const mark = hashText(owner) << KEY_BITS;
  return [...new Set(texts.map((text) => mark | (hashText(text) & ((1 << KEY_BITS) - 1))))];
}

function leaveOneOut(letters: readonly string[]): string[] {
  return [letters.join(''), ...letters.map((_, n) => letters.toSpliced(n, 1).join(''))];
}
