// Words that are written apart and are one: numbers in words, letters one by one, halves ("sign up"). Each is one more way on
// from the place where it begins.
import { numbersAt } from './match-numbers.ts';

/** One way on from a place in a text: the word that is said there, and the place behind it. */
export interface WordStep {
  word: string;
  to: number;
  /** WHOLE: another way to write whole words, which no beginning of a word is looked for in; FORM: another form of them */
  only?: 'WHOLE' | 'FORM';
  /** the word is an amount whose unit was left out: what names that */
  unit?: RegExp;
}

/** A text while it is read. */
export interface Draft {
  /** per place, the ways on */
  steps: WordStep[][];
  /** per place, which of the words between spaces stands there */
  wordAt: number[];
  /** places inside a contraction */
  inner: Set<number>;
  /** per place, its word when nothing stands between that and the next one; `ends`: a mark stands behind it */
  plain: ({ word: string; ends: boolean } | null)[];
}

const LETTER = /^\p{L}\.?$/u;
/** "H V A C" is read as one word, no longer run of letters */
const MOST_LETTERS = 6;
/** Second halves of words that are written as one or as two: "sign up", "voice mail", "all right", "per cent". */
const SECOND_HALVES = new Set(
  'away back book by bye cent day down in line mail not off on out over page right room site through up ware'.split(
    ' ',
  ),
);
const FIRST_HALVES = new Set('e multi non over pre semi under voice web wi'.split(' '));
const LEAST_LETTERS = 3;
/** "eleven hundred and twenty three thousand …": no longer number is looked for */
const MOST_NUMBER_WORDS = 10;

/** Whether a written word is one letter, with a full stop or not. */
export function isLetter(written: string): boolean {
  return LETTER.test(written);
}

/** Adds the ways on in which words that are written apart are one. */
export function addJoined(draft: Draft): void {
  addNumbers(draft);
  for (const place of draft.plain.keys()) {
    addLetters(draft, place);
    addHalves(draft, place);
  }
}

/** The words from a place on, up to a mark. */
function runFrom({ plain }: Draft, place: number, most: number): string[] {
  const run: string[] = [];
  for (let at = place; run.length < most; at++) {
    const here = plain[at];
    if (!here) break;
    run.push(here.word);
    if (here.ends) break;
  }
  return run;
}

/** Adds numbers in figures; not what is a part of one: "fifty" in "one hundred fifty". */
function addNumbers(draft: Draft): void {
  let reached = 0;
  for (const [place, steps] of draft.steps.entries()) {
    const numbers = numbersAt(runFrom(draft, place, MOST_NUMBER_WORDS));
    const longest = Math.max(0, ...numbers.map(({ counts, words }) => (counts ? words : 0)));
    for (const { figures, words, counts } of numbers) {
      if (counts && (words < longest || place + words <= reached)) continue;
      steps.push({ word: figures, to: place + words, only: 'WHOLE' });
    }
    reached = Math.max(reached, place + longest);
  }
}

/** Letters one by one, each a word between spaces: "A C" is AC. */
function addLetters(draft: Draft, place: number): void {
  const { wordAt, steps } = draft;
  const run = runFrom(draft, place, MOST_LETTERS);
  for (const [n, word] of run.entries()) {
    const at = place + n;
    const isApart = wordAt[at - 1] !== wordAt[at] && wordAt[at + 1] !== wordAt[at];
    if (!isApart || !isLetter(word)) return;
    const letters = run.slice(0, n + 1).join('');
    if (n > 0) steps[place]?.push({ word: letters, to: at + 1, only: 'WHOLE' });
  }
}

function addHalves(draft: Draft, place: number): void {
  const [first = '', second = ''] = runFrom(draft, place, 2);
  const isPair =
    (SECOND_HALVES.has(second) && first.length >= LEAST_LETTERS) || FIRST_HALVES.has(first);
  if (isPair && second && /^\p{L}+$/u.test(first + second)) {
    draft.steps[place]?.push({ word: first + second, to: place + 2, only: 'WHOLE' });
  }
}
