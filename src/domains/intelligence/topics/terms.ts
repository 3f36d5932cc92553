// The terms of a talk: words and pairs of words that its caller said and that every call is not full of. Pure.
import type { Speaker } from '#generated/prisma/client.ts';
import { stemOfWord } from '../keywords/matching/match-forms.ts';
import { COMMON_WORDS } from './common-words.ts';
import { namesIn, type WrittenWord, writtenWords } from './written-words.ts';

/** Raised with every change of what a talk's terms are: talks of before are then read again. */
export const TERMS_VERSION = 2;
/** of one talk, so that a talk of hours costs no more than a long one */
export const MOST_WORDS = 40;
export const MOST_PAIRS = 20;

const LEAST_LETTERS = 3;
const MOST_LETTERS = 30;
const LETTERS_ONLY = /^\p{L}+(?:[-'’]\p{L}+)*$/u;
/** AC, TV */
const ACRONYM = /^\p{Lu}{2}$/u;

/** A segment as terms are read in it. */
export interface HeardSegment {
  n: number;
  speaker: Speaker;
  text: string;
}

/** A term, and where it was first said. */
export interface Term {
  /** the stems of its words, with a space between two */
  term: string;
  /** as it was said there, in small letters */
  phrase: string;
  /** the segment */
  n: number;
  /** the first word's place among the segment's words between spaces, from 0 */
  wordIndex: number;
  /** 1 or 2 */
  wordCount: number;
}

/**
 * The terms of a talk: at most 40 words and 20 pairs, those said most often, of equals the first. Only what callers said
 * counts, or everybody where one channel holds all. Labels, figures, names and common words are in none, and no mark
 * stands within a pair.
 * @param segments of one transcript, in any order
 */
export function termsOf(segments: readonly HeardSegment[]): Term[] {
  const lines = segments
    .toSorted((a, b) => a.n - b.n)
    .map(({ n, speaker, text }) => ({ n, speaker, words: writtenWords(text) }));
  const names = namesIn(lines.map(({ words }) => words));
  const found = new Map<string, Term & { said: number }>();
  const add = (term: Term) => {
    const known = found.get(term.term);
    if (known) known.said += 1;
    else found.set(term.term, { ...term, said: 1 });
  };
  for (const { n, speaker, words } of lines) {
    if (speaker === 'AGENT') continue;
    let before: { stem: string; word: WrittenWord } | null = null;
    for (const word of words) {
      const stem: string | null = isTelling(word, names) ? stemOfWord(word.plain) : null;
      if (stem) {
        add({ term: stem, phrase: word.plain, n, wordIndex: word.at, wordCount: 1 });
        if (before && before.stem !== stem) {
          const phrase = `${before.word.plain} ${word.plain}`;
          const place = { n, wordIndex: before.word.at, wordCount: 2 };
          add({ term: `${before.stem} ${stem}`, phrase, ...place });
        }
      }
      before = stem && !word.ends ? { stem, word } : null;
    }
  }
  return [1, 2].flatMap((wordCount) =>
    [...found.values()]
      .filter((one) => one.wordCount === wordCount)
      .toSorted((a, b) => b.said - a.said || a.n - b.n || a.wordIndex - b.wordIndex)
      .slice(0, wordCount === 1 ? MOST_WORDS : MOST_PAIRS)
      .map(({ said: _said, ...term }) => term),
  );
}

/** Whether these words of a segment still stand there as they were said. */
export function isSaidAt(text: string, { phrase, wordIndex, wordCount }: Omit<Term, 'n' | 'term'>) {
  const words = writtenWords(text).slice(wordIndex, wordIndex + wordCount);
  return words.map(({ plain }) => plain).join(' ') === phrase;
}

function isTelling({ bare, plain }: WrittenWord, names: ReadonlySet<string>): boolean {
  if (!LETTERS_ONLY.test(bare) || plain.length > MOST_LETTERS) return false;
  if (plain.length < LEAST_LETTERS && !ACRONYM.test(bare)) return false;
  return !(COMMON_WORDS.has(plain) || names.has(plain));
}
