// A segment's words as topics take them: where a phrase cannot go on, and which words are somebody's name. Pure.
import { trimMarks } from '#values/trim-marks.ts';
import { COMMON_WORDS } from './common-words.ts';

/** A word between spaces. */
export interface WrittenWord {
  /** its place among the words between spaces, from 0 */
  at: number;
  /** as it is written, without the marks around it; empty where it is a label or only marks */
  bare: string;
  /** in small letters, without apostrophes */
  plain: string;
  /** a sentence, or the segment, begins with it */
  begins: boolean;
  /** a mark stands behind it, so that the next word is of another phrase */
  ends: boolean;
}

// What redaction or the recogniser wrote.
const LABEL = /\[[A-Za-z_]+\]/;
const ENDS_PHRASE = /[.,;:!?…]["'”’)]*$/;
const ENDS_SENTENCE = /[.!?…]["'”’)]*$/;
const CAPITALISED = /^\p{Lu}[\p{Ll}'’-]/u;
const TITLES = new Set(['mr', 'mrs', 'ms', 'dr']);
/** A.C, A/C: it is AC */
const LETTERS = /^\p{L}(?:[./]\p{L})+$/u;
const NAME_IS = /^name['’]s$/i;
/** how many words behind "my name is" and "speaking with" may be a name */
const MOST_NAMES = 2;

/** The words of a text between spaces, in their order. */
export function writtenWords(text: string): WrittenWord[] {
  let begins = true;
  return [...text.matchAll(/\S+/g)].map(([written], at) => {
    const trimmed = LABEL.test(written) ? '' : trimMarks(written.normalize('NFKC'));
    const bare = LETTERS.test(trimmed) ? trimmed.replaceAll(/[./]/g, '') : trimmed;
    const plain = bare
      .toLowerCase()
      .replace(/['’]s$/, '')
      .replaceAll(/['’]/g, '');
    const word = { at, bare, plain, begins, ends: ENDS_PHRASE.test(written) };
    begins = ENDS_SENTENCE.test(written);
    return word;
  });
}

/**
 * What may be names in a talk, in small letters: words that are only ever written with a capital where no sentence
 * begins, and those behind "name is", "speaking with" or a title. A name that only begins sentences is not seen.
 * @param lines the words of each segment, of all who speak
 */
export function namesIn(lines: readonly (readonly WrittenWord[])[]): Set<string> {
  const [names, small] = [new Set<string>(), new Set<string>()];
  const said = new Set<string>();
  for (const words of lines) {
    for (const [at, { bare, plain, begins }] of words.entries()) {
      if (!plain) continue;
      if (!CAPITALISED.test(bare)) small.add(plain);
      else if (!begins) names.add(plain);
      if (!introducesName(words, at)) continue;
      for (const name of words.slice(at + 1, at + 1 + MOST_NAMES)) {
        if (COMMON_WORDS.has(name.plain)) break;
        said.add(name.plain);
        if (name.ends) break;
      }
    }
  }
  // what is written small as well is a word
  return new Set([...[...names].filter((name) => !small.has(name)), ...said]);
}

function introducesName(words: readonly WrittenWord[], at: number): boolean {
  const [before, here] = [words[at - 1]?.plain, words[at]];
  if (!here) return false;
  if (TITLES.has(here.plain) || NAME_IS.test(here.bare)) return true;
  return (
    (before === 'name' && here.plain === 'is') || (before === 'speaking' && here.plain === 'with')
  );
}
