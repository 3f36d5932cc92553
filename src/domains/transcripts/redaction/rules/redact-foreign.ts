// What is hidden where the language is another than English, beside what the rules for English find there. Nobody knows by what
// words somebody asks for a card there, so every number goes, in figures and in words, but for two kinds: one digit alone, with no
// other number near ("dos personas"), and a price below 1,000 that is told with its currency, as the rules for English keep
// them: a group of a card has four digits. Times and dates go: "12:30" may be a card's expiry.

import { readLabel } from './redact-labels.ts';
import { isEnglish, type NumberWords, numberWordsOf } from './redact-number-words.ts';

/** Tokens `first` to `last` of one channel that stand beside each other. */
interface Run {
  first: number;
  last: number;
  /** how many of them are numbers, and whether all of those are of one digit */
  numbers: number;
  isSingle: boolean;
  /** written in figures, or hidden before */
  hasFigures: boolean;
  isLabel: boolean;
}

type Kind = 'SINGLE' | 'MORE' | 'BESIDE' | 'JOIN' | 'LABEL' | null;

/** So many words may stand between two digits of one number: "cuatro, a ver, un momento, cinco". */
const WORDS_BETWEEN = 6;
/** "ciento ochenta y nueve" */
const MOST_WORDS_OF_PRICE = 3;
/** Nothing but such words is talk: "un uno". */
const LEAST_BESIDE = 3;
/** What people say while they look for the next digit. */
const HESITATION = /^(?:[eau]+h+m?|e+m+|e+r+m?|e+u+h*|h+m+|m+h*m*)$/;
const NUMBER_LABEL = /^(?:CARD_NUMBER|CVV|EXPIRY|SSN|DIGITS|PHONE_NUMBER)$/;
const FIGURES = /\p{N}/gu;
const PRICE = /^\P{N}{0,4}\d{1,3}(?:[.,]\d{2})?\P{N}{0,4}$/u;
const SIGN = /\p{Sc}/u;
const SIGN_ALONE = /^[A-Z]{0,3}\p{Sc}[.,?!;:]*$/u;
const CURRENCY =
  /^(?:euros?|eur|dolar|dolares|dollars?|dollari|dollaro|usd|bucks|pesos?|mxn|reais|brl|soles|quetzales|lempiras|colones|bolivares|francs?|franken|franchi|chf|pounds?|pfund|livres?|sterline|libras)$/;

/** As words are compared: without accents, capitals and long s. */
function level(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('ß', 'ss');
}

function readKind(text: string, wordsOf: NumberWords): Kind {
  const label = readLabel(text);
  if (label) return NUMBER_LABEL.test(label) ? 'LABEL' : null;
  const figures = text.match(FIGURES)?.length ?? 0;
  if (figures > 0) return figures > 1 ? 'MORE' : 'SINGLE';
  const parts = level(text)
    .split(/\P{L}+/u)
    .filter(Boolean);
  const kinds = parts.map(wordsOf);
  const [only = null] = kinds;
  if (kinds.length < 2) return only ?? (HESITATION.test(parts[0] ?? '') ? 'JOIN' : null);
  const numbers = kinds.filter((kind) => kind === 'SINGLE' || kind === 'MORE').length;
  // "vingt-et-un", "cuatro-cinco" – and "deux-pièces" is none
  const isNumber = numbers > 1 || (numbers === 1 && !kinds.includes(null));
  return isNumber ? 'MORE' : null;
}

function findRuns(kinds: readonly Kind[], texts: readonly string[]): Run[] {
  const runs: (Run & { isSure: boolean })[] = [];
  let run: (Run & { isSure: boolean }) | undefined;
  for (const [at, kind] of kinds.entries()) {
    if (kind === null || kind === 'LABEL') run = undefined;
    if (kind === null || kind === 'JOIN') continue;
    const isSure = kind !== 'BESIDE';
    const hasFigures = kind === 'LABEL' || /\p{N}/u.test(texts[at] ?? '');
    if (run) {
      run.last = at;
      run.numbers += 1;
      run.isSure ||= isSure;
      run.hasFigures ||= hasFigures;
      run.isSingle = false;
    } else {
      const isLabel = kind === 'LABEL';
      const isSingle = kind === 'SINGLE';
      run = { first: at, last: at, numbers: 1, isSingle, hasFigures, isLabel, isSure };
      runs.push(run);
      if (isLabel) run = undefined;
    }
  }
  return runs.filter(({ isSure, numbers }) => isSure || numbers >= LEAST_BESIDE);
}

/** What is told with its currency and is too small for a part of a card. */
function isPrice({ first, last, numbers, hasFigures, isLabel }: Run, texts: readonly string[]) {
  if (isLabel) return false;
  const [before = '', said = '', after = ''] = [first - 1, first, last + 1].map((at) => texts[at]);
  const isSmall = hasFigures ? first === last && PRICE.test(said) : numbers <= MOST_WORDS_OF_PRICE;
  const isMoney =
    SIGN.test(said) ||
    SIGN_ALONE.test(before) ||
    SIGN_ALONE.test(after) ||
    CURRENCY.test(level(after).replace(/\P{L}+/gu, ''));
  return isSmall && isMoney;
}

/**
 * Finds the numbers of one channel that are hidden.
 * @param texts its words as they are written
 * @param language a BCP 47 tag of what is spoken; null = nobody knows
 * @returns the places of words; none where it is English
 */
export function findForeignNumbers(texts: readonly string[], language: string | null): number[] {
  if (language !== null && isEnglish(language)) return [];
  const wordsOf = numberWordsOf(language);
  const kinds = texts.map((text) => readKind(text, wordsOf));
  const runs = findRuns(kinds, texts);
  /** how many words stand between a run and those beside it */
  const gapsOf = (all: readonly Run[], n: number): number[] => {
    const run = all[n];
    const [before, after] = [all[n - 1], all[n + 1]];
    if (!run) return [];
    return [
      before ? run.first - before.last - 1 : Number.POSITIVE_INFINITY,
      after ? after.first - run.last - 1 : Number.POSITIVE_INFINITY,
    ];
  };
  const others = runs.filter((run, n) => {
    const goesOn = gapsOf(runs, n).some((gap) => gap === 0);
    return goesOn || !isPrice(run, texts);
  });
  const hidden = others.filter((run, n) => {
    const isAlone = gapsOf(others, n).every((gap) => gap > WORDS_BETWEEN);
    return !run.isLabel && !(run.isSingle && isAlone);
  });
  return hidden.flatMap(({ first, last }) =>
    Array.from({ length: last - first + 1 }, (_, n) => first + n),
  );
}
