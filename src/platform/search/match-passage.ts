// Which words of a passage a query found: the one judgement behind the choice of passages and the highlights, whatever
// engine found the document. Pure.
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

/**
 * The places in a passage where rules hold.
 * @param words as compared; null where a label stands
 * @returns `at`: the matching words' places, rising; `rules`: how many of the rules hold
 */
export function matchWords(
  rules: readonly MatchRule[],
  speaker: Speaker,
  words: readonly (string | null)[],
): { at: number[]; rules: number } {
  const at = new Set<number>();
  let held = 0;
  for (const rule of rules) {
    if (!rule.speakers.includes(speaker)) continue;
    let found = false;
    for (let from = 0; from + rule.words.length <= words.length; from += 1) {
      if (!standsAt(rule, words, from)) continue;
      found = true;
      for (let n = 0; n < rule.words.length; n += 1) at.add(from + n);
    }
    if (found) held += 1;
  }
  return { at: [...at].sort((a, b) => a - b), rules: held };
}

function standsAt(rule: MatchRule, words: readonly (string | null)[], from: number): boolean {
  const last = rule.words.length - 1;
  return rule.words.every((wanted, n) => {
    const word = words[from + n];
    if (word === null || word === undefined) return false;
    if (word === wanted || (last === 0 && rule.also.has(word))) return true;
    return rule.prefix && n === last && word.startsWith(wanted);
  });
}

/** The ranges of the words that the rules found in a passage, in order. */
export function highlightPassage(
  rules: readonly MatchRule[],
  { speaker, text }: Pick<Passage, 'speaker' | 'text'>,
): WordRange[] {
  const cut = cutWords(text);
  const words = cut.map(({ word }) => word);
  return matchWords(rules, speaker, words).at.map((place) => {
    const { start, end } = cut[place] as WordRange;
    return { start, end };
  });
}
