// Where a quote stands in a segment. Pure. Letter by letter, or word by word with one word in seven different: models
// repair what recognition misheard. Numbers and negations have to be the same ones in either case, and what is shown in
// the end are the segment's own words.
import { negationsIn, numbersIn } from './match-claims.ts';

/** Letters of a segment: `length` of them from `from` on. */
export interface QuotePlace {
  n: number;
  from: number;
  length: number;
}

const WORD = /[\p{L}\p{N}]+(?:['’.:,]\p{L}?\p{N}*[\p{L}\p{N}]+)*/gu;
/** How many words there have to be for one of them to differ. */
const WORDS_PER_CHANGE = 7;

/** The place of a quote in segment `n`; null when it does not stand there. */
export function findQuote(
  segments: readonly { n: number; text: string }[],
  { n, quote }: { n: number; quote: string },
): QuotePlace | null {
  const text = segments.find((segment) => segment.n === n)?.text;
  if (text === undefined || quote.trim() === '') return null;
  const from = text.indexOf(quote);
  if (from >= 0) return { n, from, length: quote.length };
  const place = findAlike(text, quote);
  if (!place) return null;
  const found = text.slice(place.from, place.from + place.length);
  const same =
    numbersIn(found).join(' ') === numbersIn(quote).join(' ') &&
    negationsIn(found) === negationsIn(quote);
  return same ? { n, ...place } : null;
}

const wordsOf = (text: string) =>
  [...text.matchAll(WORD)].map(({ 0: word, index }) => ({
    word: word.toLowerCase().replaceAll('’', "'"),
    from: index,
    to: index + word.length,
  }));

/** The stretch of the text with the fewest other, missing and additional words (Sellers, 1980); null when too many. */
function findAlike(text: string, quote: string): { from: number; length: number } | null {
  const there = wordsOf(text);
  const wanted = wordsOf(quote);
  if (wanted.length === 0) return null;
  const most = Math.floor(wanted.length / WORDS_PER_CHANGE);
  // cost of the first i wanted words ending at this word of the text, and where that stretch began
  let row = wanted.map((_, i) => ({ cost: i + 1, start: 0 }));
  let best: { cost: number; start: number; end: number } | null = null;
  for (const [at, { word }] of there.entries()) {
    let corner = { cost: 0, start: at };
    let left = { cost: 0, start: at + 1 };
    const next: typeof row = [];
    for (const [i, above] of row.entries()) {
      const same = wanted[i]?.word === word ? 0 : 1;
      const ways = [
        { cost: corner.cost + same, start: corner.start },
        { cost: above.cost + 1, start: above.start },
        { cost: left.cost + 1, start: left.start },
      ];
      left = ways.reduce((least, way) => (way.cost < least.cost ? way : least));
      next.push(left);
      corner = above;
    }
    row = next;
    const last = row.at(-1);
    if (!last || last.cost > most) continue;
    // as good, and a word longer: another word at the end, not one too few
    const isLonger = best?.cost === last.cost && best.start === last.start;
    if (!best || last.cost < best.cost || isLonger) best = { ...last, end: at };
  }
  const [first, last] = [there[best?.start ?? -1], there[best?.end ?? -1]];
  return first && last ? { from: first.from, length: last.to - first.from } : null;
}
