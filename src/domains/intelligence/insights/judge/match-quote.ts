// Where a quote stands in a segment. Pure. Letter by letter, or word by word with one word in seven different: models
// repair what recognition misheard. It begins and ends with whole words and whole numbers, numbers and negations have to be
// the same ones in either case, and what is shown in the end are the segment's own words.
import { NUMBER_WORDS } from '#values/number-words.ts';
import { negationsIn } from './match-claims.ts';
import { numbersIn } from './match-said-numbers.ts';

/** Letters of a text: `length` of them from `from` on. */
export interface Stretch {
  from: number;
  length: number;
}

/** Letters of a segment. */
export interface QuotePlace extends Stretch {
  n: number;
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
  const literal = findLiterally(text, quote.trim());
  if (literal) return { n, ...literal };
  const place = findAlike(text, quote);
  if (!place || isCut(text, place)) return null;
  const found = text.slice(place.from, place.from + place.length);
  const same =
    numbersIn(found).join(' ') === numbersIn(quote).join(' ') &&
    negationsIn(found) === negationsIn(quote);
  return same ? { n, ...place } : null;
}

/** The first place where the quote stands letter by letter, and no word or number goes on beyond it. */
function findLiterally(text: string, quote: string): Stretch | null {
  for (let from = text.indexOf(quote); from >= 0; from = text.indexOf(quote, from + 1)) {
    const place = { from, length: quote.length };
    if (/[\p{L}\p{N}]/u.test(quote) && !isCut(text, place)) return place;
  }
  return null;
}

// 8:30 is not in 18:30 or 8:30:15, "can" not in "can't", "refundable" not in "non-refundable"
const GOES_ON_BEFORE = /(?:[\p{L}\p{N}]|\p{L}['’-]|\p{N}[.,:'’-])$/u;
const GOES_ON_BEHIND = /^(?:[\p{L}\p{N}]|['’-]\p{L}|[.,:'’-]\p{N})/u;
const NUMBER_WORD = `(?:\\d[\\d.,:]*|hundred|thousand|million|${[...NUMBER_WORDS.keys()].join('|')})`;
const NUMBER_BEFORE = new RegExp(
  `(?:\\b${NUMBER_WORD}[\\s-]+|\\b(?:hundred|thousand)\\s+and\\s+)$`,
  'i',
);
const NUMBER_BEHIND = new RegExp(`^(?:[\\s-]+${NUMBER_WORD}\\b|\\s+and\\s+${NUMBER_WORD}\\b)`, 'i');
const NUMBER_FIRST = new RegExp(`^${NUMBER_WORD}\\b`, 'i');
const NUMBER_LAST = new RegExp(`\\b${NUMBER_WORD}$`, 'i');
const SCALE_LAST = /\b(?:hundred|thousand)$/i;

/** Whether a word or a number goes on beyond the stretch: "five dollars" cuts "eighty five dollars". */
function isCut(text: string, { from, length }: Stretch): boolean {
  const [before, found, behind] = [
    text.slice(0, from),
    text.slice(from, from + length),
    text.slice(from + length),
  ];
  if (/^[\p{L}\p{N}]/u.test(found) && GOES_ON_BEFORE.test(before)) return true;
  if (/[\p{L}\p{N}]$/u.test(found) && GOES_ON_BEHIND.test(behind)) return true;
  if (NUMBER_FIRST.test(found) && NUMBER_BEFORE.test(before)) return true;
  const next = NUMBER_LAST.test(found) ? (NUMBER_BEHIND.exec(behind)?.[0] ?? null) : null;
  return next !== null && (!/\band\b/i.test(next) || SCALE_LAST.test(found));
}

const wordsOf = (text: string) =>
  [...text.matchAll(WORD)].map(({ 0: word, index }) => ({
    word: word.toLowerCase().replaceAll('’', "'"),
    from: index,
    to: index + word.length,
  }));

/** The stretch of the text with the fewest other, missing and additional words (Sellers, 1980); null when too many. */
function findAlike(text: string, quote: string): Stretch | null {
  const there = wordsOf(text);
  const wanted = wordsOf(quote);
  if (wanted.length === 0) return null;
  const most = Math.floor(wanted.length / WORDS_PER_CHANGE);
  // so many are missing in any case; a model may say far more than was said
  if (wanted.length - there.length > most) return null;
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
