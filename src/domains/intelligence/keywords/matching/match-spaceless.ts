// Keywords in scripts that put no spaces between words, as Japanese and Thai: they are looked for by their letters.
import { plainLetters, splitWords } from './match-words.ts';

const WITHOUT_SPACES =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;

/** Whether a text is of such a script. */
export function isSpaceless(text: string): boolean {
  return WITHOUT_SPACES.test(text);
}

/**
 * Finds a keyword by its letters, wherever an engine put a space between them.
 * @returns per word between spaces in which it begins: over how many it goes
 */
export function findLetters(keyword: string, text: string): Map<number, number> {
  const wanted = splitWords(keyword).map(plainLetters).join('').replace(/\*$/, '');
  const words = splitWords(text).map(plainLetters);
  const wordAt = words.flatMap((word, at) => Array<number>(word.length).fill(at));
  const letters = words.join('');
  const found = new Map<number, number>();
  for (let at = letters.indexOf(wanted); at >= 0; at = letters.indexOf(wanted, at + 1)) {
    const first = wordAt[at] ?? 0;
    const last = wordAt[at + wanted.length - 1] ?? first;
    found.set(first, Math.max(last - first + 1, found.get(first) ?? 0));
  }
  return found;
}
