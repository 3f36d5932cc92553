// Looks a talk through for sets of keywords, all of them at once, so that its words are read but one time. What is found
// depends on the words alone.
import { setImmediate as breathe } from 'node:timers/promises';
import { startsOfWords } from '#domains/transcripts/index.ts';
import type { TranscriptSegment } from '#generated/prisma/client.ts';
import type { StoredKeyword } from '../keyword-set-shape.ts';
import {
  evaluateExpression,
  type Heard,
  isWithin,
  type Place,
} from '../matching/evaluate-expression.ts';
import { type Keyword, matchKeywords } from '../matching/match-keywords.ts';
import { splitWords } from '../matching/match-words.ts';
import {
  type Expression,
  MAX_TERM_WORDS,
  readExpression,
  termsOf,
} from '../matching/read-expression.ts';
import type { NewHit } from '../store.ts';

/** Of one set in one transcript: a keyword that everybody says all the time must not fill the table. */
const MOST_HITS = 500;
/** A speaker who pauses for no longer goes on: engines cut talk where it pleases them, also within a phrase. */
const LONGEST_PAUSE_MS = 1_000;

/** A segment as it is looked through. */
export type SpokenSegment = Pick<
  TranscriptSegment,
  'n' | 'speaker' | 'startMs' | 'endMs' | 'text' | 'words'
>;

/** What is looked for: a set that stands, or one that is only thought of. */
export interface SoughtSet {
  id: string;
  keywords: readonly StoredKeyword[];
}

/** A set, and where its keywords were said. */
export interface Scan<Sought extends SoughtSet> {
  set: Sought;
  /** in the order of speech; the first 500 */
  hits: NewHit[];
  /** names of tags that the spotted keywords put on the call */
  tags: string[];
}

/** Words of one segment that were found. */
interface Spot extends Place {
  segment: SpokenSegment;
  /** among the segment's words; wordCount 0 = something was not said from here on */
  wordIndex: number;
  wordCount: number;
}

const keyOf = ({ text, match, speaker }: Keyword) => JSON.stringify([text, match, speaker]);

/**
 * Looks for the keywords of all sets.
 * @param segments of one transcript, in the order of speech
 */
export async function scanTalk<Sought extends SoughtSet>(
  sets: readonly Sought[],
  segments: readonly SpokenSegment[],
): Promise<Scan<Sought>[]> {
  const wanted = sets.flatMap((set) =>
    set.keywords.map((keyword) => ({ set, keyword, expression: expressionOf(keyword) })),
  );
  const terms = wanted.flatMap(({ expression }) => termsOf(expression).map(({ term }) => term));
  const talk = await readTalk(
    [...new Map(terms.map((term) => [keyOf(term), term])).values()],
    segments,
  );
  const found = wanted.map(({ set, keyword, expression }) => {
    const { holds, places } = evaluateExpression(expression, talk);
    const spots = places.length > 0 ? longestOf(places) : holds ? silenceOf(expression, talk) : [];
    return { set, keyword, spots };
  });
  return sets.map((set) => {
    const own = found.filter((one) => one.set === set);
    const hits = own.flatMap(({ keyword, spots }, order) =>
      spots.map((spot) => ({ keyword, spot, order })),
    );
    const tags = own.map(({ keyword, spots }) => (spots.length > 0 ? keyword.tag : null));
    return {
      set,
      tags: [...new Set(tags.filter((tag) => tag !== null))],
      hits: hits
        .sort((a, b) => a.spot.first - b.spot.first || a.order - b.order)
        .slice(0, MOST_HITS)
        .map(({ keyword, spot: { segment, wordIndex, wordCount, startMs } }) => ({
          setId: set.id,
          keyword: keyword.text,
          n: segment.n,
          wordIndex,
          wordCount,
          speaker: segment.speaker,
          startMs,
        })),
    };
  });
}

/** A keyword as an expression. */
export function expressionOf({ text, match, speaker }: StoredKeyword): Expression {
  return match === 'EXPRESSION'
    ? readExpression(text, speaker)
    : { kind: 'TERM', term: { text, match, speaker }, windows: [] };
}

interface Talk extends Heard<Spot> {
  /** where each segment that has words begins */
  begins: readonly Spot[];
}

async function readTalk(
  terms: readonly Keyword[],
  segments: readonly SpokenSegment[],
): Promise<Talk> {
  const find = matchKeywords(terms);
  const places = new Map<string, Spot[]>(terms.map((term) => [keyOf(term), []]));
  const begins: Spot[] = [];
  const next = goneOnIn(segments);
  let endMs = 0;
  let wordsBefore = 0;
  for (const segment of segments) {
    const startOf = startsOfWords(segment);
    const spotAt = (wordIndex: number, wordCount: number): Spot => {
      const first = wordsBefore + wordIndex;
      const last = first + Math.max(0, wordCount - 1);
      return { segment, wordIndex, wordCount, first, last, startMs: startOf(wordIndex) };
    };
    const words = splitWords(segment.text).length;
    const text = [segment.text, ...wordsBehind(segment, next)].join(' ');
    for (const { keyword, wordIndex, wordCount } of find({ speaker: segment.speaker, text })) {
      // what begins in the next segment is found there
      if (wordIndex >= words) continue;
      places.get(keyOf(keyword))?.push(spotAt(wordIndex, Math.min(wordCount, words - wordIndex)));
    }
    if (words > 0) begins.push(spotAt(0, 0));
    endMs = Math.max(endMs, segment.endMs);
    wordsBefore += words;
    // hours of talk must not keep a server from its calls
    await breathe();
  }
  const known = new Set<string>(begins.map(({ segment }) => segment.speaker));
  return {
    begins,
    endMs,
    placesOf: (term) => places.get(keyOf(term)) ?? [],
    isKnown: (speaker) => (speaker === 'ANY' ? known.size > 0 : known.has(speaker)),
  };
}

/** The words with which a speaker goes on behind a segment, as many as the rest of a phrase may have. */
function wordsBehind(
  segment: SpokenSegment,
  next: ReadonlyMap<SpokenSegment, SpokenSegment>,
): string[] {
  const words: string[] = [];
  let one = next.get(segment);
  while (one && words.length < MAX_TERM_WORDS - 1) {
    words.push(...splitWords(one.text));
    one = next.get(one);
  }
  return words.slice(0, MAX_TERM_WORDS - 1);
}

/** The segment in which a speaker goes on, per segment; where one channel holds all, whoever speaks is taken for one. */
function goneOnIn(segments: readonly SpokenSegment[]): Map<SpokenSegment, SpokenSegment> {
  const next = new Map<SpokenSegment, SpokenSegment>();
  const last = new Map<string, SpokenSegment>();
  for (const segment of segments) {
    const { speaker, startMs, text } = segment;
    if (text.trim() === '') continue;
    const before = last.get(speaker);
    if (before && startMs - before.endMs <= LONGEST_PAUSE_MS) next.set(before, segment);
    last.set(speaker, segment);
  }
  return next;
}

/** One for each first word, the longest: terms of one expression may share words. */
function longestOf(places: readonly Spot[]): Spot[] {
  const longest = new Map<number, Spot>();
  for (const place of places) {
    const known = longest.get(place.first);
    if (!known || known.wordCount < place.wordCount) longest.set(place.first, place);
  }
  return [...longest.values()];
}

/** Where what was not said was missed: the first words of its speaker within its window, else the first words at all. */
function silenceOf(expression: Expression, { begins, endMs }: Talk): Spot[] {
  for (const { term, windows } of termsOf(expression)) {
    const place = begins.find(
      (one) =>
        (term.speaker === 'ANY' || one.segment.speaker === term.speaker) &&
        windows.every((window) => isWithin(one, window, endMs)),
    );
    if (place) return [place];
  }
  return begins.slice(0, 1);
}
