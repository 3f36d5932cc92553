// The words of a text as keywords are compared with them: small letters, no marks, and what can be written in several ways
// read in each of them: "good-bye" is "goodbye", and "good" before "bye"; "twenty four seven" is "24" before "7".
import { trimMarks } from '#values/trim-marks.ts';
import { otherWordOf } from './match-forms.ts';
import { addJoined, type Draft, isLetter, type WordStep } from './match-steps.ts';

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
const HYPHENS_ONLY = /^[\p{L}\p{N}\p{M}]+(?:[-‐‑][\p{L}\p{N}\p{M}]+)+$/u;
/** Hindi writes vowels as marks: they are of the word */
const INNER_MARKS = /[^\p{L}\p{N}\p{M}']+/u;
const isOfWord = (letter: string) => /[\p{L}\p{N}\p{M}]/u.test(letter);
/** how an emoji is drawn, which is no mark of a word */
const OF_EMOJI = /[\uFE00-\uFE0F\u20D0-\u20FF]/g;
/** French and Italian drop a vowel there: d'eau is said "de eau" */
const ELIDED = /^(?:[cdjlmnst]|qu|all|dall|dell|nell|sull)'(?=\p{L}{2})/u;
const ENDS_PHRASE = /[.,;:!?]["'”’)]*$/;
/** A.C, A/C */
const ACRONYM = /^\p{L}(?:[./]\p{L})+$/u;
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

/** The words of a text between spaces, as it has them; `wordAt` counts these. */
export function splitWords(text: string): string[] {
  return text.split(/\s+/).filter(Boolean);
}

/** A written word in small letters, as all ways to write these are compared: ß is ss, and an apostrophe straight. */
export function plainLetters(written: string): string {
  const plain = written.normalize('NFKC').toLowerCase();
  return plain.replaceAll('ß', 'ss').replaceAll('’', "'").replaceAll(OF_EMOJI, '');
}

/** Reads a text. "$180." is "180" and may be "180 dollars", "don’t" is "dont" and a form of "do not", "10:00" is "10" before "00". */
export function readWords(text: string): SpokenText {
  const draft: Draft = { steps: [], wordAt: [], inner: new Set(), plain: [] };
  for (const [at, written] of splitWords(text).entries()) {
    if (LABEL.test(written)) addPlace(draft, at, null);
    else readWritten(draft, at, plainLetters(written));
  }
  const closed = new Set(
    [...draft.plain.entries()].flatMap(([at, one]) => (one?.ends ? at + 1 : [])),
  );
  addJoined(draft);
  return { ...draft, closed };
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
  const bare = trimMarks(written, isOfWord);
  const form = formOf(bare);
  if (form) {
    readContraction(draft, at, bare, form);
  } else if (ELIDED.test(bare)) {
    const head = bare.slice(0, bare.indexOf("'"));
    const tail = bare.slice(head.length + 1).replaceAll("'", '');
    const first = addPlace(draft, at, head);
    const end = addPlace(draft, at, tail) + 1;
    draft.steps[first]?.push({ word: head + tail, to: end });
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
    const other = parts.length === 1 && otherWordOf(bare);
    if (other) draft.steps[first]?.push({ word: other, to: first + 1, only: 'FORM' });
    const isJoined = HYPHENS_ONLY.test(bare) || ACRONYM.test(bare) || parts.join('') === bare;
    if (isJoined && parts.length > 1) {
      draft.steps[first]?.push({ word: parts.join(''), to: draft.steps.length });
    }
  }
  const last = draft.plain.at(-1);
  if (last && ENDS_PHRASE.test(written) && !isLetter(written)) last.ends = true;
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
