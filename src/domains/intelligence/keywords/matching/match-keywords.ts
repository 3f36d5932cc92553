// Finds keywords in what was said. Pure and the same for the same words.
import { stemOfWord } from './match-forms.ts';
import { findLetters, isSpaceless } from './match-spaceless.ts';
import { spellingOf } from './match-spelling.ts';
import type { WordStep } from './match-steps.ts';
import { readWords, type SpokenText } from './match-words.ts';

export const KEYWORD_MATCHES = ['STEM', 'EXACT', 'PREFIX'] as const;
export const KEYWORD_SPEAKERS = ['CALLER', 'AGENT', 'ANY'] as const;

/** What is looked for, and in whose words; a recording of one channel has words of nobody, which only ANY finds. */
export interface Keyword {
  text: string;
  match: (typeof KEYWORD_MATCHES)[number];
  speaker: (typeof KEYWORD_SPEAKERS)[number];
}

/** Where a keyword was found: the first word's place among the segment's words between spaces, and how many they are. */
export interface Match<Searched extends Keyword> {
  keyword: Searched;
  wordIndex: number;
  wordCount: number;
}

type Same = (said: WordStep) => boolean;
interface Candidate<Searched extends Keyword> {
  keyword: Searched;
  /** one test per word */
  words: Same[];
  /** what has to name the unit, where something is said right behind: $5 is not said in "five minutes" */
  unit?: RegExp;
}

/** A way to read a keyword. */
interface Reading {
  words: readonly string[];
  unit?: RegExp;
}

/** Keywords sorted by what a text must hold at a place for them to be looked for there. */
type Index<Searched extends Keyword> = Map<string, Candidate<Searched>[]>;

const PREFIX_HEAD = 2;
/** Ways to read a keyword that are looked for: "nine one one" is 911, 9 11 … and there is no end to longer ones. */
const MOST_READINGS = 64;

/** The ways on that a match goes: a beginning is looked for in words as they are written, and forms are for STEM alone. */
function waysFor(match: Keyword['match'], ways: readonly WordStep[]): readonly WordStep[] {
  if (match === 'PREFIX') return ways.filter(({ only }) => !only);
  const own = match === 'STEM' ? ways : ways.filter(({ only }) => only !== 'FORM');
  // "four" is found as 4, and 4 wherever "four" is said
  const figures = own.filter(({ word, only }) => only === 'WHOLE' && /^\d+$/.test(word));
  return own.filter((way) => way.only || !figures.some(({ to }) => to === way.to));
}

/** The ways to read a keyword's text as words: "follow-up" is two words, and one. Empty when it has none. */
function readingsOf({ text, match }: Keyword): Reading[] {
  const { steps } = readWords(text);
  const readings: Reading[] = [];
  const walk = (place: number, words: readonly string[], unit?: RegExp): void => {
    if (readings.length === MOST_READINGS) return;
    if (place >= steps.length) {
      if (words.length > 0) readings.push({ words, ...(unit && { unit }) });
      return;
    }
    const ways = waysFor(match, steps[place] ?? []);
    for (const { word, to, unit: left } of ways.toSorted((a, b) => b.to - a.to)) {
      walk(to, [...words, word], left);
    }
  };
  walk(0, []);
  return readings;
}

/** Whether a keyword's text holds anything that can be said. */
export function hasWords(text: string): boolean {
  return readWords(text).steps.some((ways) => ways.length > 0);
}

/** Whether the word that ends in * is no shorter than two letters: it would be found nearly everywhere. */
export function isPrefixLongEnough(text: string): boolean {
  const { steps } = readWords(text);
  const last = steps.flat().filter(({ to, only }) => to === steps.length && !only);
  return last.length > 0 && last.every(({ word }) => word.length >= PREFIX_HEAD);
}

interface Reader {
  stemOf(word: string): string;
  spellingOf(word: string): string;
}

/** Stems and spellings, each worked out once for a word: talk repeats itself. */
function openReader(): Reader {
  return { stemOf: rememberAll(stemOfWord), spellingOf: rememberAll(spellingOf) };
}

function rememberAll(workOut: (word: string) => string): (word: string) => string {
  const known = new Map<string, string>();
  return (word) => {
    const made = known.get(word) ?? workOut(word);
    known.set(word, made);
    return made;
  };
}

function testsOf(words: readonly string[], match: Keyword['match'], reader: Reader): Same[] {
  return words.map((word, n) => {
    if (match === 'STEM') {
      const stem = reader.stemOf(word);
      return (said) => reader.stemOf(said.word) === stem;
    }
    if (match === 'PREFIX' && n === words.length - 1) {
      return (said) => !said.only && said.word.startsWith(word);
    }
    const spelling = reader.spellingOf(word);
    return (said) => said.only !== 'FORM' && reader.spellingOf(said.word) === spelling;
  });
}

function headOf(words: readonly string[], match: Keyword['match'], reader: Reader): string {
  const [first = ''] = words;
  if (match === 'STEM') return `stem ${reader.stemOf(first)}`;
  const isPrefix = match === 'PREFIX' && words.length === 1;
  return isPrefix ? `head ${first.slice(0, PREFIX_HEAD)}` : `word ${reader.spellingOf(first)}`;
}

function indexOf<Searched extends Keyword>(
  keywords: readonly Searched[],
  reader: Reader,
): Index<Searched> {
  const index: Index<Searched> = new Map();
  for (const keyword of keywords) {
    for (const { words, unit } of readingsOf(keyword)) {
      const head = headOf(words, keyword.match, reader);
      const known = index.get(head) ?? [];
      index.set(head, known);
      known.push({ keyword, words: testsOf(words, keyword.match, reader), ...(unit && { unit }) });
    }
  }
  return index;
}

/** The furthest place behind these words when they are said from `place` on; -1 when they are not. */
function follow(
  spoken: SpokenText,
  place: number,
  wanted: Pick<Candidate<Keyword>, 'words' | 'unit'>,
  said = 0,
): number {
  const isSame = wanted.words[said];
  if (!isSame) {
    return spoken.inner.has(place) || !isUnitTold(spoken, place, wanted.unit) ? -1 : place;
  }
  let furthest = -1;
  for (const step of spoken.steps[place] ?? []) {
    if (!isSame(step)) continue;
    furthest = Math.max(furthest, follow(spoken, step.to, wanted, said + 1));
  }
  return furthest;
}

function isUnitTold({ steps, closed }: SpokenText, place: number, unit?: RegExp): boolean {
  const ways = steps[place] ?? [];
  return (
    !unit || closed.has(place) || ways.length === 0 || ways.some(({ word }) => unit.test(word))
  );
}

const headsOf = ({ word }: WordStep, reader: Reader) => [
  `stem ${reader.stemOf(word)}`,
  `word ${reader.spellingOf(word)}`,
  `head ${word.slice(0, PREFIX_HEAD)}`,
];

/**
 * Makes a finder for these keywords, to be asked for each segment.
 * @returns a function that finds them in one segment's text, in the order of its words; a keyword that can be read at one
 *   word in several lengths is found once, at its longest
 */
export function matchKeywords<Searched extends Keyword>(
  keywords: readonly Searched[],
): (segment: { speaker: 'CALLER' | 'AGENT' | 'UNKNOWN'; text: string }) => Match<Searched>[] {
  const reader = openReader();
  const spaceless = keywords.filter(({ text }) => isSpaceless(text));
  const index = indexOf(
    keywords.filter(({ text }) => !isSpaceless(text)),
    reader,
  );
  const order = new Map(keywords.map((keyword, n) => [keyword, n]));
  return ({ speaker, text }) => {
    const spoken = readWords(text);
    const found = new Map<Searched, Map<number, number>>();
    for (const [place, ways] of spoken.steps.entries()) {
      if (spoken.inner.has(place)) continue;
      const heads = new Set(ways.flatMap((way) => headsOf(way, reader)));
      for (const candidate of [...heads].flatMap((head) => index.get(head) ?? [])) {
        const { keyword } = candidate;
        if (keyword.speaker !== 'ANY' && keyword.speaker !== speaker) continue;
        const end = follow(spoken, place, candidate);
        if (end < 0) continue;
        const first = spoken.wordAt[place] ?? 0;
        const count = (spoken.wordAt[end - 1] ?? first) - first + 1;
        const places = found.get(keyword) ?? new Map();
        found.set(keyword, places.set(first, Math.max(count, places.get(first) ?? 0)));
      }
    }
    for (const keyword of spaceless) {
      if (keyword.speaker !== 'ANY' && keyword.speaker !== speaker) continue;
      const places = findLetters(keyword.text, text);
      if (places.size > 0) found.set(keyword, places);
    }
    return [...found]
      .flatMap(([keyword, places]) =>
        [...places].map(([wordIndex, wordCount]) => ({ keyword, wordIndex, wordCount })),
      )
      .sort(
        (a, b) =>
          a.wordIndex - b.wordIndex || (order.get(a.keyword) ?? 0) - (order.get(b.keyword) ?? 0),
      );
  };
}
