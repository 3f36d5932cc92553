// Finds keywords in what was said. Pure and the same for the same words; a keyword is found within one segment, not across
// two.
import { stemmer } from 'stemmer';
import { readWords, type SpokenText, type WordStep } from './match-words.ts';

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

type Same = (said: string) => boolean;
interface Candidate<Searched extends Keyword> {
  keyword: Searched;
  /** one test per word */
  words: Same[];
}

/** Keywords sorted by what a text must hold at a place for them to be looked for there. */
type Index<Searched extends Keyword> = Map<string, Candidate<Searched>[]>;

const PREFIX_HEAD = 2;

/** Every way to read a keyword's text as words: "follow-up" is two words, and one. Empty when it has none. */
function wordsOf(text: string): string[][] {
  const { steps } = readWords(text);
  const walk = (place: number): string[][] =>
    place >= steps.length
      ? [[]]
      : (steps[place] ?? []).flatMap(({ word, to }) => walk(to).map((rest) => [word, ...rest]));
  return walk(0).filter((words) => words.length > 0);
}

/** Whether a keyword's text holds anything that can be said. */
export function hasWords(text: string): boolean {
  return wordsOf(text).length > 0;
}

/** Whether the word that ends in * is no shorter than two letters: it would be found nearly everywhere. */
export function isPrefixLongEnough(text: string): boolean {
  return wordsOf(text).every((words) => (words.at(-1)?.length ?? 0) >= PREFIX_HEAD);
}

type Stems = (word: string) => string;

/** A stemmer that works out each word once: talk repeats itself. */
function rememberStems(): Stems {
  const known = new Map<string, string>();
  return (word) => {
    const stem = known.get(word) ?? stemmer(word);
    known.set(word, stem);
    return stem;
  };
}

function testsOf(words: readonly string[], match: Keyword['match'], stemOf: Stems): Same[] {
  return words.map((word, n) => {
    if (match === 'STEM') {
      const stem = stemOf(word);
      return (said) => stemOf(said) === stem;
    }
    const isLast = n === words.length - 1;
    return match === 'PREFIX' && isLast ? (said) => said.startsWith(word) : (said) => said === word;
  });
}

function headOf(words: readonly string[], match: Keyword['match'], stemOf: Stems): string {
  const [first = ''] = words;
  if (match === 'STEM') return `stem ${stemOf(first)}`;
  const isPrefix = match === 'PREFIX' && words.length === 1;
  return isPrefix ? `head ${first.slice(0, PREFIX_HEAD)}` : `word ${first}`;
}

function indexOf<Searched extends Keyword>(
  keywords: readonly Searched[],
  stemOf: Stems,
): Index<Searched> {
  const index: Index<Searched> = new Map();
  for (const keyword of keywords) {
    for (const words of wordsOf(keyword.text)) {
      const head = headOf(words, keyword.match, stemOf);
      const known = index.get(head) ?? [];
      index.set(head, known);
      known.push({ keyword, words: testsOf(words, keyword.match, stemOf) });
    }
  }
  return index;
}

/** The furthest place behind these words when they are said from `place` on; -1 when they are not. */
function follow(
  steps: SpokenText['steps'],
  place: number,
  [isSame, ...rest]: readonly Same[],
): number {
  if (!isSame) return place;
  const ways = (steps[place] ?? []).filter(({ word }) => isSame(word));
  return Math.max(-1, ...ways.map(({ to }) => follow(steps, to, rest)));
}

const headsOf = ({ word }: WordStep, stemOf: Stems) => [
  `stem ${stemOf(word)}`,
  `word ${word}`,
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
  const stemOf = rememberStems();
  const index = indexOf(keywords, stemOf);
  const order = new Map(keywords.map((keyword, n) => [keyword, n]));
  return ({ speaker, text }) => {
    const spoken = readWords(text);
    const found = new Map<Searched, Map<number, number>>();
    for (const [place, ways] of spoken.steps.entries()) {
      const heads = new Set(ways.flatMap((way) => headsOf(way, stemOf)));
      for (const { keyword, words } of [...heads].flatMap((head) => index.get(head) ?? [])) {
        if (keyword.speaker !== 'ANY' && keyword.speaker !== speaker) continue;
        const end = follow(spoken.steps, place, words);
        if (end < 0) continue;
        const first = spoken.wordAt[place] ?? 0;
        const count = (spoken.wordAt[end - 1] ?? first) - first + 1;
        const places = found.get(keyword) ?? new Map();
        found.set(keyword, places.set(first, Math.max(count, places.get(first) ?? 0)));
      }
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
