// Numbers that are told with a part of one: halves, quarters, thirds, "point five". Pure, and English. Each becomes what a reader
// of numbers takes for one number, so that it is none of its pieces: of "a three quarter inch pipe" there is no three inch one.
import { DIGIT_WORDS, NUMBER_WORDS } from '#values/number-words.ts';

/** Right behind a number. */
const BEHIND_NUMBER = `(?<=\\b(?:${[...NUMBER_WORDS.keys()].join('|')}|hundred|thousand|million) |\\d )`;
const COUNTS: ReadonlyMap<string, number> = new Map([
  ...['a', 'an', 'one'].map((word): [string, number] => [word, 1]),
  ...['two', 'three', 'five', 'seven'].map((word): [string, number] => [
    word,
    DIGIT_WORDS.indexOf(word),
  ]),
]);
const COUNT = `(?:${[...COUNTS.keys()].join('|')})`;
const WHOLES: ReadonlyMap<string, number> = new Map([
  ['half', 2],
  ['third', 3],
  ['fourth', 4],
  ['quarter', 4],
  ['eighth', 8],
  ['sixteenth', 16],
]);
const WHOLE = `(?:${[...WHOLES.keys()].join('|')})`;
const MEASURE =
  '(?:inch(?:es)?|miles?|gallons?|percent|per cent|cups?|tons?|pounds?|acres?|foot|feet|(?:tea|table)spoons?|liters?)';
const ONE = '(?:hour|day|week|month|year|mile|foot|feet|inch|gallon|ton|pound|cup|dollar)';

/**
 * "Two and a half", "thirty two and three quarters"; no hour, as in "between two and half past three", and no million and a half,
 * which is a part of the million. It is read before half a million, which "two and a half million" is not.
 */
const AND_PART = new RegExp(
  `${BEHIND_NUMBER}(?!(?<=(?:thousand|million) )and a (?:half|quarter)\\b)and (?:(${COUNT}) (${WHOLE})s?|half)\\b(?! (?:past|after|till?|of|an?)\\b)`,
  'g',
);
/** "3 1/4", "33-1/3" */
const WRITTEN_PART = /(?<=(?<![\d/:.-])\d{1,4})[ -](\d{1,2})\/(2|3|4|8|16)\b(?!\/)/g;
/** "1/2 inch", "2/3 of the roof": no day of a month. */
const WRITTEN_SHARE = new RegExp(
  `(?<![\\d/.$-])(\\d{1,2})\\/(2|3|4|8|16)(?=-?in\\b|"|%|[ -]?${MEASURE}\\b| of (?:an?|the|all|my|your|his|her|their|our|its?|them)\\b)`,
  'g',
);
/** "Three quarter inch", "half a mile", "a third of a cup" */
const OF_MEASURE = new RegExp(
  `\\b(?:(?:an?|one) )?(half|quarter)(?:[ -]of(?: one)?)?(?:[ -](?:an?|the))?[ -](?=${MEASURE}\\b)|\\b(${COUNT}) (${WHOLE})(s?)(?:[ -]of)?(?:[ -](?:an?|the))?[ -](?=${MEASURE}\\b)`,
  'g',
);
/** "Two thirds", "one third", "a third of it"; a third time is none. */
const SHARE =
  /\b(two|one|a) third(s?)\b(?!-| part(?:y|ies)\b)( of\b)?|\bthree[ -](?:quarters|fourths)\b/g;
/** "An hour and a half", "two years and a half" */
const ONE_AND_PART = new RegExp(
  `(?:\\b(?:an?|one) |(${BEHIND_NUMBER}))(${ONE})(?:e?s)? and an? (half|quarter)\\b(?! (?:past|after|to|till?)\\b)`,
  'g',
);
const HALF_HOUR = /\b(?:a )?half(?: an|-an| a)?[ -]hours?\b/g;
const QUARTERS_OF_HOUR = /\b(three|a) quarters? of an hour\b|\b(?:a )?quarter[ -]hours?\b/g;
/** What is told in minutes, too; not the end of a range of hours. */
const HOUR_AND_HALF =
  /(?<!\b(?:to|or|and|between) |[-–])\b(?:1\.5|(?:one|1) point (?:5|five))[ -]hours?\b(?! (?:to|or|and)\b)/g;
/** "Half a million", "a quarter of a million" */
const OF_MILLION = /\b(?:a )?(half|quarter)(?: of)?(?: a)? million\b/g;
/** "A million and a half" */
const SCALE_AND_PART = /\b(an? )?(thousand|million) and a (half|quarter)\b/g;
const HALF_DOZEN = /\bhalf(?: a|-a)?[ -]dozen\b/g;
/** "Two grand", "a grand for it": no street, no car and no hotel. */
const GRAND = new RegExp(
  `${BEHIND_NUMBER}grand\\b(?! (?:total|opening|piano|slam|prix|am|canyon|rapids|cherokee|caravan|marquis|vitara|(?:\\w+ )?(?:avenue|ave|street|st|boulevard|blvd|road|rd|drive|dr|lane|way|court|circle|place|parkway))\\b)|(?<=\\b(?:a|half a) )grand\\b(?=$|[.,;:?!\\n]| (?:for|to|or|and|but|in|off|plus|more|less|each|per|a|on|if)\\b)`,
  'g',
);
/** "Point five milligrams": a whole is not said. Of "at this point" nothing is a part. */
const POINT_ALONE = new RegExp(
  `(?<!\\b(?:${[...NUMBER_WORDS.keys()].join('|')}|hundred|thousand|this|that|some|which|what|one|any|every|each|no|my|your|good|starting|pressure) |\\d )\\bpoint (?=(?:\\S+ ){1,3}(?:${MEASURE}|milli\\w+|micro\\w+|m[gl]|cc|grams?|kilo\\w+|hours?|seconds?|amps?|ohms?)\\b)`,
  'g',
);

/** "75" of three quarters. */
function figuresOf(count: number, whole: number): string {
  const share = (count / whole).toFixed(whole === 3 ? 2 : 4);
  return share.slice(2).replace(/0+$/, '');
}
const figuresOfWords = (count = 'a', whole = 'half') =>
  figuresOf(COUNTS.get(count) ?? 1, WHOLES.get(whole) ?? 2);
/** A share that is written, as long as it is less than one. */
const written = (found: string, count: string, whole: string, into: string) =>
  Number(count) > 0 && Number(count) < Number(whole)
    ? `${into}${figuresOf(Number(count), Number(whole))}`
    : found;

/** A text in small letters whose numbers with a part are told with a point: "two and a half" is "two point 5". */
export function levelParts(small: string): string {
  return small
    .replace(AND_PART, (_, count?: string, whole?: string) => {
      return `point ${figuresOfWords(count, whole)}`;
    })
    .replace(HALF_DOZEN, 'six')
    .replace(OF_MILLION, (_, part: string) => `${part === 'half' ? 500 : 250} thousand`)
    .replace(GRAND, 'thousand')
    .replace(SCALE_AND_PART, (_, one: string | undefined, scale: string, part: string) => {
      return `${one ? 'one ' : ''}point ${figuresOfWords('a', part)} ${scale}`;
    })
    .replace(ONE_AND_PART, (_, number: string | undefined, of: string, part: string) => {
      return `${number === undefined ? '1.' : 'point '}${figuresOfWords('a', part)} ${of}s`;
    })
    .replace(HALF_HOUR, '30 minutes')
    .replace(QUARTERS_OF_HOUR, (_, count = 'a') => `${count === 'three' ? 45 : 15} minutes`)
    .replace(WRITTEN_PART, (found, count: string, whole: string) =>
      written(found, count, whole, ' point '),
    )
    .replace(WRITTEN_SHARE, (found, count: string, whole: string) =>
      written(found, count, whole, '0.'),
    )
    .replace(OF_MEASURE, (found, one?: string, count?: string, whole?: string, many?: string) => {
      if (one) return `0.${figuresOfWords('a', one)} `;
      // "a third gallon" is the one behind the second
      const isOrdinal = /third|th$/.test(whole ?? '') && !many && !/\bof\b/.test(found);
      const isCounted = whole === 'half' && count !== 'one';
      return isOrdinal || isCounted ? found : `0.${figuresOfWords(count, whole)} `;
    })
    .replace(SHARE, (found, count?: string, many?: string, of = '') => {
      if (count === undefined) return '0.75';
      const isShare = count === 'two' ? many === 's' : count === 'one' || of !== '';
      return isShare ? `0.${figuresOfWords(count, 'third')}${of}` : found;
    })
    .replace(HOUR_AND_HALF, '90 minutes')
    .replace(POINT_ALONE, 'zero point ');
}
