// The words of a text as keywords are compared with them: small letters, no marks, and what can be written in several ways
// read in each of them: "good-bye" is "goodbye", and "good" before "bye"; "twenty four seven" is "24" before "7".
import { trimMarks } from '#values/trim-marks.ts';
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

/** A text as places between its words. */
export interface SpokenText {
  /** per place, the ways on: none behind the last word, and none at a label such as [CARD_NUMBER], which was not said */
  steps: readonly (readonly WordStep[])[];
  /** per place, which of the words between spaces stands there, from 0 */
  wordAt: readonly number[];
  /** places inside a contraction, where nothing begins or ends: "can" was not said in "can't" */
  inner: ReadonlySet<number>;
  /** places before which a mark ends a phrase */
  closed: ReadonlySet<number>;
}

// What redaction or the recogniser wrote.
const LABEL = /^\[[A-Za-z_]+\]/;
const HYPHENS_ONLY = /^[\p{L}\p{N}]+(?:[-‐‑][\p{L}\p{N}]+)+$/u;
const INNER_MARKS = /[^\p{L}\p{N}']+/u;
const ENDS_PHRASE = /[.,;:!?]["'”’)]*$/;
/** A.C, A/C */
const ACRONYM = /^\p{L}(?:[./]\p{L})+$/u;
const LETTER = /^\p{L}\.?$/u;
/** "H V A C" is read as one word, no longer run of letters */
const MOST_LETTERS = 6;
const THOUSANDS = /^\d{1,3}(?:,\d{3})+$/;
const FIGURES_AND_UNIT = /^(\d+)(\p{L}+)$/u;
const ORDINAL = /^\d+(?:st|nd|rd|th|s)$/;
/** said behind the number, or left out; and what else it is called */
const SIGNS: readonly (readonly [RegExp, string, RegExp])[] = [
  [/^\$\d/, 'dollars', /^(?:dollar|buck)s?$/],
  [/^£\d/, 'pounds', /^(?:pounds?|quid)$/],
  [/^€\d/, 'euros', /^euros?$/],
  [/\d%\P{L}*$/u, 'percent', /^percent$/],
];

const NOT = /^(\p{L}+)n't$/u;
const NOT_HEADS = new Map([
  ['ca', 'can'],
  ['wo', 'will'],
  ['sha', 'shall'],
]);
const TAILS = new Map([
  ['re', 'are'],
  ['ve', 'have'],
  ['ll', 'will'],
  ['m', 'am'],
  ['d', 'would'],
]);
const IS = /^(?:he|she|it|that|there|here|what|who|where|how)'s$/;
const CLIPPED = new Map<string, readonly [string, string]>([
  ['cannot', ['can', 'not']],
  ['gonna', ['going', 'to']],
  ['gotta', ['got', 'to']],
  ["let's", ['let', 'us']],
  ['wanna', ['want', 'to']],
]);
/** What would be another word without its apostrophe. */
const APOSTROPHE_KEPT = new Set("he'll i'd i'll she'd she'll we'd we'll we're who're".split(' '));

/** Second halves of words that are written as one or as two: "sign up", "voice mail", "all right". */
const SECOND_HALVES = new Set(
  'away back book by bye day down in line mail not off on out over page right room site through up ware'.split(
    ' ',
  ),
);
const FIRST_HALVES = new Set('e multi non over pre semi under voice web wi'.split(' '));
const LEAST_LETTERS = 3;
/** "eleven hundred and twenty three thousand …": no longer number is looked for */
const MOST_NUMBER_WORDS = 10;

/** The words of a text between spaces, as it has them; `wordAt` counts these. */
export function splitWords(text: string): string[] {
  return text.split(/\s+/).filter(Boolean);
}

/** Reads a text. "$180." is "180" and may be "180 dollars", "don’t" is "dont" and a form of "do not", "10:00" is "10" before "00". */
export function readWords(text: string): SpokenText {
  const draft: Draft = { steps: [], wordAt: [], inner: new Set(), plain: [] };
  for (const [at, written] of splitWords(text).entries()) {
    if (LABEL.test(written)) addPlace(draft, at, null);
    else readWritten(draft, at, written.normalize('NFKC').toLowerCase().replaceAll('’', "'"));
  }
  const closed = new Set(
    [...draft.plain.entries()].flatMap(([at, one]) => (one?.ends ? at + 1 : [])),
  );
  addNumbers(draft);
  for (const place of draft.plain.keys()) {
    addLetters(draft, place);
    addHalves(draft, place);
  }
  return { ...draft, closed };
}

interface Draft {
  steps: WordStep[][];
  wordAt: number[];
  inner: Set<number>;
  /** per place, its word when nothing stands between that and the next one; `ends`: a mark stands behind it */
  plain: ({ word: string; ends: boolean } | null)[];
}

/** Adds a place; `word` leads to the next one. Answers the place. */
function addPlace(draft: Draft, at: number, word: string | null, only?: WordStep['only']): number {
  const place = draft.steps.length;
  draft.steps.push(word === null ? [] : [{ word, to: place + 1, ...(only && { only }) }]);
  draft.wordAt.push(at);
  draft.plain.push(word === null || only ? null : { word, ends: false });
  return place;
}

function readWritten(draft: Draft, at: number, written: string): void {
  if (written === '&') {
    addPlace(draft, at, 'and');
    return;
  }
  const bare = trimMarks(written);
  const form = formOf(bare);
  if (form) {
    readContraction(draft, at, bare, form);
  } else {
    const first = draft.steps.length;
    const parts = bare.split('&').flatMap((piece, n) => {
      if (n > 0) addAnd(draft, at);
      const own = partsOf(piece);
      for (const part of own) addPlace(draft, at, part);
      return own;
    });
    const sign = parts.length === 1 && SIGNS.find(([mark]) => mark.test(written));
    if (sign) {
      const place = addPlace(draft, at, sign[1]);
      draft.steps[first]?.push({ word: parts[0] ?? '', to: place + 1, unit: sign[2] });
    }
    const isJoined = HYPHENS_ONLY.test(bare) || ACRONYM.test(bare) || parts.join('') === bare;
    if (isJoined && parts.length > 1) {
      draft.steps[first]?.push({ word: parts.join(''), to: draft.steps.length });
    }
  }
  const last = draft.plain.at(-1);
  if (last && ENDS_PHRASE.test(written) && !LETTER.test(written)) last.ends = true;
}

/** "AT&T" is said "AT and T", or without: the word before it leads on in both ways. */
function addAnd(draft: Draft, at: number): void {
  const before = draft.steps.at(-1);
  const place = addPlace(draft, at, 'and');
  for (const { word } of before?.slice(0, 1) ?? []) before?.push({ word, to: place + 1 });
}

function partsOf(bare: string): string[] {
  if (THOUSANDS.test(bare)) return [bare.replaceAll(',', '')];
  const [, figures, unit] = FIGURES_AND_UNIT.exec(bare) ?? [];
  if (figures && unit && !ORDINAL.test(bare)) return [figures, unit];
  return bare
    .split(INNER_MARKS)
    .map((part) => part.replaceAll("'", ''))
    .filter(Boolean);
}

/** The two words that a contraction stands for. */
function formOf(bare: string): readonly [string, string] | null {
  const clipped = CLIPPED.get(bare);
  if (clipped) return clipped;
  const [, negated] = NOT.exec(bare) ?? [];
  if (negated) return [NOT_HEADS.get(negated) ?? negated, 'not'];
  if (IS.test(bare)) return [bare.slice(0, -2), 'is'];
  const [head = '', tail = '', ...more] = bare.split("'");
  const whole = TAILS.get(tail);
  return whole && head && more.length === 0 ? [head, whole] : null;
}

function readContraction(
  draft: Draft,
  at: number,
  bare: string,
  [head, tail]: readonly [string, string],
): void {
  const first = addPlace(draft, at, head, 'FORM');
  const second = addPlace(draft, at, tail, 'FORM');
  draft.inner.add(second);
  const word = APOSTROPHE_KEPT.has(bare) ? bare : bare.replaceAll("'", '');
  draft.steps[first]?.unshift({ word, to: second + 1 });
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
    if (!isApart || !LETTER.test(word)) return;
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
