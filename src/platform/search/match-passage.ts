// Which words of a passage a query found: what is highlighted, whatever engine found the document. Pure.
import { cutWords } from './cut-words.ts';
import type { Passage, Speaker, WordRange } from './port.ts';

/** A clause that was found, with the words that stood in for it. */
export interface MatchRule {
  /** more than one: side by side */
  words: readonly string[];
  /** words taken for the one word, though they are spelt otherwise */
  also: ReadonlySet<string>;
  /** the last word is a beginning */
  prefix: boolean;
  speakers: readonly Speaker[];
}

/** The ranges of the words that the rules found in a passage, in order. */
export function highlightPassage(
  rules: readonly MatchRule[],
  { speaker, text }: Pick<Passage, 'speaker' | 'text'>,
): WordRange[] {
  const cut = cutWords(text);
  const words = cut.map(({ word }) => word);
  const found = new Set<number>();
  for (const rule of rules.filter(({ speakers }) => speakers.includes(speaker))) {
    const length = rule.words.length;
    for (let from = 0; from + length <= words.length; from += 1) {
      if (!standsAt(rule, words, from)) continue;
      for (let n = 0; n < length; n += 1) found.add(from + n);
    }
  }
  return cut.filter((_, n) => found.has(n)).map(({ start, end }) => ({ start, end }));
}

function standsAt(rule: MatchRule, words: readonly (string | null)[], from: number): boolean {
  const last = rule.words.length - 1;
  for (let n = 0; n <= last; n += 1) {
    const word = words[from + n];
    const wanted = rule.words[n] as string;
    if (word === wanted) continue;
    if (word === null || word === undefined) return false;
    if (n === last && rule.prefix && word.startsWith(wanted)) continue;
    if (last === 0 && rule.also.has(word)) continue;
    return false;
  }
  return true;
}
