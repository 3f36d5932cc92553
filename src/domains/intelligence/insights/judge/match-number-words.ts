// The numbers of a text, put together of the words that they are said with. Pure, and English.
import { DIGIT_WORDS, NUMBER_WORDS, TEEN_WORDS, TENS_WORDS } from '#values/number-words.ts';

/** A number of a text. */
export interface SaidNumber {
  /** "89.50"; figures that are said one by one, from four on, are one number */
  value: string;
  /** the same with the zeros in front that were said: "05" */
  figures: string;
  /** how it follows the number before it: with nothing between but a pause, behind a comma, or apart from it */
  follows: 'AT_ONCE' | 'COMMA' | 'APART';
  /** a single figure, which may be one of several that are said one by one */
  isSpelled: boolean;
  /** the minutes of the hour before it */
  isMinutes: boolean;
  half: 'am' | 'pm' | null;
  /** the half is said as am or pm, not as morning or evening */
  isMarked: boolean;
  /** of a bare hour the half of the day that was last spoken of */
  likely: 'am' | 'pm' | null;
  /** what it counts: "dollar", "percent", "clock", "date", "gallon" …; null = it is not said */
  unit: string | null;
  /** an end of a stretch of hours: "between eight and ten" */
  isWithin: boolean;
  /** "at ten" */
  isExact: boolean;
  /** with the one before it, a price: "one ninety five" */
  isPrice: boolean;
  /** with the one before it, it may be an hour and its minutes, and no number of a house or a code is told */
  mayBeTime: boolean;
}

/** The same, with its place. */
export interface FoundNumber extends SaidNumber {
  /** letters of the levelled text */
  from: number;
  to: number;
  /** a zero that is said as "oh" */
  isOh: boolean;
}

/** A number of words that is being put together: what stands, and what a scale may still multiply. */
interface Open {
  whole: number;
  part: number;
  from: number;
  to: number;
  /** it has a part behind its point, and takes no more words in */
  isParted?: boolean;
}

const SCALES = new Map([
  ['dozen', 12],
  ['hundred', 100],
  ['thousand', 1_000],
  ['million', 1_000_000],
]);
/** "A few hundred" is no number. */
const VAGUE = /\b(?:few|couple|several|many|some|of|per) (?:of )?$/;
const TOKEN = /\d{1,3}(?:,\d{3})+(?!,?\d)(?:\.\d+)?|\d+(?:\.\d+)?|\p{L}+(?:['’]\p{L}+)*/gu;
/** A figure that is said alone. */
export const FIGURE = `(?:${DIGIT_WORDS.join('|')}|oh?|\\d)`;
/** Behind "point": "six", "oh five", "twenty five", "75" */
const PART = new RegExp(
  `^ (${FIGURE}(?: ${FIGURE}){0,3}|\\d+|(?:${[...TEEN_WORDS, ...TENS_WORDS].join('|')})(?:[ -](?:${DIGIT_WORDS.join('|')}))?)\\b`,
);
const PAUSE = /\b(?:uh|um|er|erm|ah)\b/g;
/** Three figures that are said one by one. */
const ONE_BY_ONE = new RegExp(`^${FIGURE}(?: ${FIGURE}){2}\\b`);
/** What ends a sentence, or a turn. */
const ENDS = /[.?!;]\s|\n/;
const MOST_AROUND = 40;

/** The words before a place, as many as can say something of it. */
export const before = (plain: string, at: number): string =>
  plain.slice(Math.max(0, at - MOST_AROUND), at);
/** Those behind it. */
export const behind = (plain: string, at: number): string => plain.slice(at, at + MOST_AROUND);

/** Each number of a text in small letters, alone. */
export function findNumbers(plain: string): FoundNumber[] {
  const found: FoundNumber[] = [];
  let open: Open | null = null;
  const add = (figures: string, from: number, to: number) => {
    const gap = plain.slice(found.at(-1)?.to ?? 0, from);
    const isWritten = /\d/.test(plain[from] ?? '');
    const one: FoundNumber = {
      ...{ figures, from, to, isMinutes: false, half: null, isMarked: false },
      ...{ likely: null, unit: null, isWithin: false, isExact: false, isPrice: false },
      mayBeTime: false,
      value: figures.replace(/^0(?=\d$)/, '').replace(/\.00$/, ''),
      follows: found.length > 0 ? followOf(gap, isWritten) : 'APART',
      isSpelled: /^\d$/.test(figures),
      isOh: figures === '0' && plain[from] === 'o',
    };
    found.push(one);
  };
  const close = () => {
    // a tenth is none of a computer's numbers
    if (open) add(String(Number((open.whole + open.part).toFixed(6))), open.from, open.to);
    open = null;
  };
  let done = 0;
  for (const { 0: word, index: from } of plain.matchAll(TOKEN)) {
    if (from < done) continue;
    const to = from + word.length;
    const gap = open ? plain.slice(open.to, from) : '';
    if (/[.?!;,–—\n]/.test(gap) && !(/^,\s$/.test(gap) && open && isScaled(open))) close();
    const value = NUMBER_WORDS.get(word);
    const scale = SCALES.get(word);
    if (value !== undefined) {
      if (!open || !joins(open, value) || isOneByOne(open, plain.slice(from))) {
        close();
        open = { whole: 0, part: 0, from, to };
      }
      open.part += value;
      open.to = to;
    } else if (scale !== undefined) {
      open ??= takeWritten(found, plain, from);
      if (!open && (VAGUE.test(before(plain, from)) || !mayBeAlone(word, plain, from))) continue;
      open ??= { whole: 0, part: 1, from, to };
      if (scale < 1_000) open.part *= scale;
      else {
        takeHundreds(found, open, plain);
        open = scaled(open, scale);
      }
      open.to = to;
    } else if (word === 'point' && PART.test(plain.slice(to, to + MOST_AROUND))) {
      const [said = '', part = ''] = PART.exec(plain.slice(to, to + MOST_AROUND)) ?? [];
      open ??= takeWritten(found, plain, from);
      if (!open) continue;
      takeHundreds(found, open, plain);
      done = to + said.length;
      open.part = Number(`${open.whole + open.part}.${figuresOf(part)}`);
      open = { ...open, whole: 0, to: done, isParted: true };
    } else if (word !== 'and' || !open) {
      close();
      if (/^\d/.test(word)) add(word.replaceAll(',', ''), from, to);
      else if (/^oh?$/.test(word) && isFigureBefore(found, plain, from)) add('0', from, to);
    }
  }
  close();
  return found;
}

/** "A dozen": the word alone may be of another language. */
const mayBeAlone = (word: string, plain: string, from: number) =>
  word !== 'dozen' || /\ba $/.test(before(plain, from));

/** "One million two hundred thousand": the thousands are no part of what the millions are multiplied by. */
function scaled({ whole, part, ...where }: Open, scale: number): Open {
  const isBehindMore = whole >= scale * 1_000;
  return {
    ...where,
    whole: isBehindMore ? whole + part * scale : (whole + part) * scale,
    part: 0,
  };
}

const isScaled = ({ whole, part }: Open) => whole > 0 && part === 0;

/** Twenty five is one number, nine thirty are two. */
function joins({ whole, part, isParted }: Open, value: number): boolean {
  if (isParted) return false;
  if (part === 0) return whole > 0;
  if (part % 100 === 0) return true;
  return part % 10 === 0 && part % 100 >= 20 && value > 0 && value <= 9;
}

/** "Eight hundred five five five oh one nine nine" tells of no eight hundred and five. */
const isOneByOne = ({ part }: Open, behind: string) =>
  part >= 100 && part % 100 === 0 && ONE_BY_ONE.test(behind);

/** The figures behind a point. */
function figuresOf(part: string): string {
  const values = part.split(/[ -]/).map((word) => (/^oh?$/.test(word) ? 0 : valueOfWord(word)));
  const isSpelled = values.every((value) => value < 10);
  return isSpelled ? values.join('') : String(values.reduce((sum, value) => sum + value, 0));
}
const valueOfWord = (word: string) => NUMBER_WORDS.get(word) ?? Number(word);

/** "One twenty thousand" are 120,000, "one oh two point five" 102.5: what is right before the rest are hundreds. */
function takeHundreds(found: FoundNumber[], open: Open, plain: string): void {
  const isOh = found.at(-1)?.isOh === true;
  const [last, other] = [found.at(isOh ? -2 : -1), found.at(isOh ? -3 : -2)];
  const { whole, part, isParted, from } = open;
  const isRest = whole === 0 && !isParted && (isOh ? part < 10 : part >= 10 && part <= 99);
  if (!isRest || !last?.isSpelled || last.value === '0' || /\d/.test(plain[last.from] ?? ''))
    return;
  if (!/^ (?:oh? )?$/.test(plain.slice(last.to, from)) || other?.to === last.from - 1) return;
  found.length -= isOh ? 2 : 1;
  open.part += Number(last.value) * 100;
  open.from = last.from;
}

/** The figures right before a scale, "5 thousand", which are then none of their own. */
function takeWritten(found: FoundNumber[], plain: string, from: number): Open | null {
  const last = found.at(-1);
  if (!last || !/\d/.test(plain[last.from] ?? '')) return null;
  if (plain.slice(last.to, from).trim() !== '') return null;
  found.pop();
  return { whole: 0, part: Number(last.value), from: last.from, to: last.to };
}

/** "Oh" is a zero behind a figure. */
function isFigureBefore(found: readonly FoundNumber[], plain: string, from: number): boolean {
  const last = found.at(-1);
  return last !== undefined && last.value.length <= 2 && /^,?\s*$/.test(plain.slice(last.to, from));
}

function followOf(between: string, isWritten: boolean): SaidNumber['follows'] {
  if (ENDS.test(between)) return 'APART';
  const gap = between.replace(PAUSE, '').trim();
  // of figures a hyphen makes a range
  if (gap === '' || gap === ':' || (gap === '-' && !isWritten)) return 'AT_ONCE';
  return gap === ',' ? 'COMMA' : 'APART';
}
