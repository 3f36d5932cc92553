// The times of a text as the numbers that they are: days, and the hours that have words of their own. Pure, and English.
import { NUMBER_WORDS } from '#values/number-words.ts';
import { levelParts } from './match-parts.ts';

const MONTH =
  '(?:january|february|march|april|may|june|july|august|september|october|november|december)';
/** Days as the numbers that they are, each alone. "First" and "second" are days only where one may be meant. */
const ORDINALS: readonly (readonly [RegExp, string])[] = [
  [/\bthird\b/g, 'three th'],
  [/\bfifth\b/g, 'five th'],
  [/\beighth\b/g, 'eight th'],
  [/\bninth\b/g, 'nine th'],
  [/\btwelfth\b/g, 'twelve th'],
  [/\b(twen|thir)tieth\b/g, '$1ty th'],
  [/\b(four|six|seven|ten|eleven|\w+teen)th\b/g, '$1 th'],
  ...(['first', 'second'] as const).map(
    (word, n) =>
      [
        new RegExp(
          `(?<=\\b(?:(?:on|by|until|till|before|after|from|since|for) the|twenty|thirty|${MONTH}(?: the)?)[ -])${word}\\b|\\b${word}(?= of\\b)`,
          'g',
        ),
        ['one th', 'two th'][n] ?? '',
      ] as const,
  ),
];
/** What is written in more than one way. */
const WRITTEN: readonly (readonly [RegExp, string])[] = [
  [/(\d)(?=[ap]\.? ?m\b)/g, '$1 '],
  [/\b([ap])\.? ?m\b\.?/g, '$1m'],
  [/(\d):00(?![\d:])/g, '$1'],
  // no plan for retirement: "401k"
  [/(?<!\b40(?=1))(\d)k\b/g, '$1 thousand'],
];
const MONTHS =
  'january february march april may june july august september october november december'.split(
    ' ',
  );
/** "6/4", with or without its year; no share, as in "1/2 inch". */
const MONTH_AND_DAY =
  /(?<![\d/.$-])(0?[1-9]|1[0-2])\/(0?[1-9]|[12]\d|3[01])(?:\/((?:20)?\d\d))?(?![\d/%])(?!-| ?(?:inch|in\b|"|cup|mile|hour|of an?\b))/g;
/** "Jun 9", "9 Jun". */
const SHORT_MONTH =
  /\b(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b(?:\.?(?= (?:the )?(?:[1-9]|[12]\d|3[01])(?:th|st|nd|rd)?\b(?![:%]))|(?<=\d(?:th|st|nd|rd)? (?:of )?\w+))/gi;
/** "5/10" of these is a share: how bad a pain is, how good a shop. */
const RATED =
  /\b(?:pain\w*|ach(?:es?|ing)|hurts?|scale|scor\w+|rat(?:ed|ings?)|levels?|severity|stars?|discomfort|nausea)\b/;
const SENTENCE_END = /[.?!]\s|\n/;
const MOST_AROUND = 40;
/** Behind an hour, where a number would be followed by what it counts. */
const CLEARLY =
  /^\s+(?:o['’]clock\b|[ap]\.? ?m\b|sharp\b|tonight\b|tomorrow\b|in the (?:morning|afternoon|evening)\b)/;
const FOLLOWS =
  /^(?:\s*(?:$|[.,;:?!)\n–—](?!\d))|\s+(?:on|this|next|today|and|or|but|if|when|is|was|works?|would|will|then|please|because|so|at|with|for|ok|okay|just|every|each|we|i|you|he|she|they|it|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b)/;
/** Hours in words of their own. */
const PART_OF_HOUR = /\b(?:a )?(half past|quarter (?:past|after|to|['’]?till?|of)) (\w+)/g;

/** "At ten to nine": without its "at" it may be from ten to nine. */
const MINUTES_BESIDE =
  /(?<=\b(at|by|until|till|(?:(?:at|by|until|till) )?(?:about|around)|it['’]s) |)\b(five|ten|fifteen|twenty|twenty[ -]five)(?: minutes)? (past|after|to|['’]?till?|of) (\w+)/g;
const valueOfWord = (word: string) => NUMBER_WORDS.get(word) ?? Number(word);
const isHour = (hour: number) => hour >= 1 && hour <= 12;
const hourBefore = (hour: number) => (hour === 1 ? 12 : hour - 1);

/** A text with each month of a day in full: "Jun 9" is "June 9". */
export function withWholeMonths(text: string): string {
  return text.replace(SHORT_MONTH, (found) => {
    const short = found.slice(0, 3);
    const whole = MONTHS.find((one) => one.startsWith(short.toLowerCase())) ?? found;
    return short + whole.slice(3);
  });
}

/** A text in small letters with its days and hours in one way: "half past four" is "4:30". */
export function levelTimes(small: string): string {
  const whole = levelParts(small).replace(MINUTES_BESIDE, minutesBeside);
  const plain = whole.replace(PART_OF_HOUR, (found, part: string, word: string, at, all) => {
    const hour = valueOfWord(word);
    const behind = all.slice(at + found.length);
    if (!isHour(hour)) return found;
    // a quarter of ten patients is no time
    if (part.endsWith('of') && !CLEARLY.test(behind) && !FOLLOWS.test(behind)) return found;
    if (/^half|past$|after$/.test(part)) return `${hour}:${part.startsWith('half') ? 30 : 15}`;
    return `${hourBefore(hour)}:45`;
  });
  const dated = withWholeMonths(plain).replace(
    MONTH_AND_DAY,
    (found, month: string, day: string, year, at, whole) =>
      isRating(whole, at, found, Number(day))
        ? found
        : [MONTHS[Number(month) - 1], Number(day), year]
            .filter((one) => one !== undefined)
            .join(' '),
  );
  return [...ORDINALS, ...WRITTEN].reduce((text, [way, into]) => text.replace(way, into), dated);
}

/** "Ten to nine" is 8:50; "about ten to twelve years" are years, and so they may be where nothing is told of them. */
function minutesBeside(
  found: string,
  lead: string | undefined,
  minutes: string,
  way: string,
  word: string,
  at: number,
  all: string,
): string {
  const hour = valueOfWord(word);
  const told = minutes.split(/[ -]/).reduce((sum, one) => sum + valueOfWord(one), 0);
  const behind = all.slice(at + found.length);
  const isClear = CLEARLY.test(behind);
  if (!isHour(hour) || (!isClear && !FOLLOWS.test(behind))) return found;
  const time = (of: number, minute: number) => `${of}:${String(minute).padStart(2, '0')}`;
  if (way === 'past' || way === 'after') return time(hour, told);
  const isRange = told < hour && !isClear && /^(?:about|around|it)/.test(lead ?? '');
  if (lead === undefined || isRange || (way === 'of' && !/^(?:at|by)/.test(lead))) return found;
  return time(hourBefore(hour), 60 - told);
}

/** Whether "5/10" is no day: in its sentence a pain or a rating is told. */
function isRating(text: string, at: number, found: string, most: number): boolean {
  if (most !== 5 && most !== 10) return false;
  const before =
    text
      .slice(Math.max(0, at - MOST_AROUND), at)
      .split(SENTENCE_END)
      .at(-1) ?? '';
  const behind =
    text
      .slice(at + found.length)
      .slice(0, MOST_AROUND)
      .split(SENTENCE_END)[0] ?? '';
  return RATED.test(before) || RATED.test(behind);
}
