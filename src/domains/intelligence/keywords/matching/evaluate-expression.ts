// Whether an expression holds for a talk, and where. Pure; sorted places make it n log n in the places of its terms.
import type { Apart, Window } from './expression-tokens.ts';
import type { Keyword } from './match-keywords.ts';
import { type Expression, termsOf } from './read-expression.ts';

/** Words that were found. `first` and `last` count the words of the whole talk. */
export interface Place {
  startMs: number;
  first: number;
  last: number;
}

/** A talk as expressions see it. */
export interface Heard<Found extends Place> {
  /** where a term was said, in the order of speech */
  placesOf(term: Keyword): readonly Found[];
  /** whether words of this speaker are known: a recording of one channel has none of CALLER or AGENT */
  isKnown(speaker: Keyword['speaker']): boolean;
  /** the end of the last words */
  endMs: number;
}

/** `places` are those of the terms that were said; an expression that holds without any is one of what was NOT said. */
export interface Verdict<Found extends Place> {
  holds: boolean;
  places: readonly Found[];
}

/** Judges a talk. */
export function evaluateExpression<Found extends Place>(
  one: Expression,
  heard: Heard<Found>,
): Verdict<Found> {
  if (one.kind === 'TERM') {
    return said(
      heard
        .placesOf(one.term)
        .filter((place) => one.windows.every((window) => isWithin(place, window, heard.endMs))),
    );
  }
  if (one.kind === 'NEAR') {
    return said(
      one.to.reduce((places, { apart, isNegated, other }) => {
        const isNear = nearness(evaluateExpression(other, heard).places, apart);
        return places.filter((place) => isNear(place) !== isNegated);
      }, evaluateExpression(one.of, heard).places),
    );
  }
  if (one.kind === 'NOT') {
    const { holds } = evaluateExpression(one.of, heard);
    return { holds: !holds && couldBeSaid(one.of, heard), places: [] };
  }
  const parts = one.of.map((part) => evaluateExpression(part, heard));
  const holding = parts.filter(({ holds }) => holds);
  const holds = one.kind === 'AND' ? holding.length === parts.length : holding.length > 0;
  return { holds, places: holds ? inOrder(holding.flatMap(({ places }) => places)) : [] };
}

/** What nobody could have said is not missing: the speaker is known, and the talk reached the window. */
function couldBeSaid<Found extends Place>(one: Expression, { isKnown, endMs }: Heard<Found>) {
  return termsOf(one).every(
    ({ term, windows }) =>
      isKnown(term.speaker) &&
      windows.every((window) => 'lastMs' in window || window.fromMs < endMs),
  );
}

/** Whether a place begins within a part of the talk. */
export function isWithin(
  { startMs }: Pick<Place, 'startMs'>,
  window: Window,
  endMs: number,
): boolean {
  return 'lastMs' in window
    ? startMs >= endMs - window.lastMs
    : startMs >= window.fromMs && startMs < window.toMs;
}

function said<Found extends Place>(places: readonly Found[]): Verdict<Found> {
  return { holds: places.length > 0, places };
}

function inOrder<Found extends Place>(places: readonly Found[]): Found[] {
  return places.toSorted((a, b) => a.first - b.first || a.last - b.last);
}

/** A test for places that one of these is near; words never stand near themselves. */
function nearness(others: readonly Place[], apart: Apart): (place: Place) => boolean {
  if ('ms' in apart) {
    const starts = others.toSorted((a, b) => a.startMs - b.startMs);
    return (place) => {
      // only those that share words with the place are passed over, and those are few
      for (let at = firstFrom(starts, (one) => one.startMs >= place.startMs - apart.ms); ; at++) {
        const other = starts[at];
        if (!other || other.startMs > place.startMs + apart.ms) return false;
        if (other.last < place.first || other.first > place.last) return true;
      }
    };
  }
  const { words } = apart;
  const firsts = others.toSorted((a, b) => a.first - b.first);
  const lasts = others.toSorted((a, b) => a.last - b.last);
  return (place) => {
    const after = firsts[firstFrom(firsts, ({ first }) => first > place.last)];
    if (after && after.first <= place.last + 1 + words) return true;
    const before = lasts[firstFrom(lasts, ({ last }) => last >= place.first) - 1];
    return before !== undefined && before.last >= place.first - 1 - words;
  };
}

/** The index of the first that passes, where all behind it pass too. */
function firstFrom(sorted: readonly Place[], passes: (one: Place) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const one = sorted[middle];
    if (one && passes(one)) high = middle;
    else low = middle + 1;
  }
  return low;
}
