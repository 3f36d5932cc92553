// What recognition does to dictated digits, drawn by a seed: a digit dropped, a group split, a digit or group doubled, a
// digit misheard as a word that sounds alike or as another digit. Works on the words of one number.
import type { Chance } from './say-number.ts';

export const DAMAGES = ['none', 'dropped', 'split', 'doubled', 'misheard'] as const;
export type Damage = (typeof DAMAGES)[number];

/** What each digit word was heard as: words that recognition is known to write for it. */
const HEARD_AS: Record<string, readonly string[]> = {
  zero: ['oh', 'hero', 'o'],
  oh: ['zero', 'o', 'owe'],
  one: ['won', 'nine'],
  two: ['to', 'too'],
  three: ['free', 'tree'],
  four: ['for', 'fore'],
  five: ['nine', 'fife'],
  six: ['sicks'],
  seven: ['eleven'],
  eight: ['ate', 'eighteen'],
  nine: ['five', 'nein'],
};
const bareOf = (word: string) => word.toLowerCase().replace(/[.,]$/, '');
const markOf = (word: string) => /[.,]$/.exec(word)?.[0] ?? '';
const isWritten = (word: string) => /^\d+[.,]?$/.test(word);

/** Damages the words of one number; what cannot be damaged in this way stays as it is. "/" is a place where the turn is cut. */
export function damageNumber(
  words: readonly string[],
  damage: Damage,
  chance: Chance,
): readonly string[] {
  const isDigit = (word: string) => isWritten(word) || bareOf(word) in HEARD_AS;
  const places = words.flatMap((word, at) => (isDigit(word) ? [at] : []));
  const at = places[Math.floor(chance() * places.length)];
  const word = at === undefined ? undefined : words[at];
  if (at === undefined || word === undefined) return words;
  const put = (...others: string[]) => words.toSpliced(at, 1, ...others);
  const bare = bareOf(word);
  const mark = markOf(word);
  const middle = Math.ceil(bare.length / 2);
  switch (damage) {
    case 'none':
      return words;
    case 'dropped':
      return isWritten(word) && bare.length > 1 ? put(bare.slice(0, -1) + mark) : put();
    case 'split':
      return isWritten(word) && bare.length > 1
        ? put(bare.slice(0, middle), bare.slice(middle) + mark)
        : put(word, '/');
    case 'doubled':
      return put(bare, word);
    case 'misheard': {
      const others = HEARD_AS[bare];
      const other = others?.[Math.floor(chance() * others.length)];
      return put((other ?? bare.replace(/\d$/, '7')) + mark);
    }
  }
}
