// The sentence around a quote. Pure. A quote may leave out what its sentence says no with: then the sentence is shown.
import { denialsIn } from './match-negations.ts';
import type { Stretch } from './match-quote.ts';

// "9 a.m. and", "Dr. Reed": what goes on in small letters is the same sentence
const SENTENCE_END =
  /(?<!\b(?:\p{L}|[Mm]rs?|[Mm]s|[Dd]r|[Ss]t))[.?!…]+["'”’)\]]*\s+(?=\P{Ll})|[?!…]["'”’)\]]*\s+|\n+/gu;
const CLAUSE_END = /[,;:–—]\s+|\b(?:but|because|so)\s+/giu;

/** The stretch between the ends around a place. */
function between(text: string, ends: RegExp, { from, length }: Stretch): Stretch {
  let start = 0;
  for (const { 0: mark, index } of text.matchAll(ends)) {
    const next = index + mark.length;
    if (next <= from) start = next;
    else if (index >= from + length) return { from: start, length: index + marksOf(mark) - start };
  }
  return { from: start, length: text.trimEnd().length - start };
}

const marksOf = (end: string) => (/^[\p{P}]/u.test(end) ? end.trimEnd().length : 0);
const wordsAt = (text: string, { from, length }: Stretch) => text.slice(from, from + length);

/** The sentence, or sentences, that a place is in. */
export function sentenceAt(text: string, place: Stretch): string {
  return wordsAt(text, between(text, SENTENCE_END, place));
}

/** What was said up to the end of the sentence that a place is in. */
export function saidUntil(text: string, place: Stretch): string {
  const { from, length } = between(text, SENTENCE_END, place);
  return text.slice(0, from + length);
}

/** The place, or its whole sentence where its own clause says no outside of it. */
export function withItsNegations<Place extends Stretch>(text: string, place: Place): Place {
  const sentence = between(text, SENTENCE_END, place);
  const clause = clauseAt(text, sentence, place);
  const isWhole = denialsIn(wordsAt(text, clause)) === denialsIn(wordsAt(text, place));
  return isWhole ? place : { ...place, ...sentence };
}

/** Whether a "not" in front of the place, in its own clause, is left out. */
export function leavesNegationOut(text: string, place: Stretch): boolean {
  const clause = clauseAt(text, between(text, SENTENCE_END, place), place);
  const before = text.slice(clause.from, place.from).split(/\band\b/i);
  return denialsIn(before.at(-1) ?? '') > 0;
}

function clauseAt(text: string, sentence: Stretch, { from, length }: Stretch): Stretch {
  const inside = { from: from - sentence.from, length };
  const clause = between(wordsAt(text, sentence), CLAUSE_END, inside);
  return { from: clause.from + sentence.from, length: clause.length };
}
