// Whether a value stands in what somebody wrote: word by word, as keywords are found in calls, so that "no" is not found in
// "know". Capitals and accents never matter.
import { hasWords, isPrefixLongEnough, matchKeywords } from '#domains/intelligence/index.ts';

/** A letter of those scripts in which a mark is an accent; in others, as Hindi, it may be a vowel. */
const ACCENTED = /([\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}])\p{M}+/gu;

/** Capitals, accents and outer spaces never matter. */
export function plainly(text: string): string {
  return text.normalize('NFKD').replaceAll(ACCENTED, '$1').normalize('NFKC').trim().toLowerCase();
}

/** Tests by the list they were made for: a preview asks one of many texts, and making one takes as long as several answers. */
const made = new WeakMap<readonly string[], (text: string) => boolean>();

/**
 * Makes a test for these values: a word, words side by side, or the beginning of a word (`plumb*`, from two letters on).
 * @param values a list that changes no more
 * @returns a function that tells whether any of them stands in a text
 */
export function matchWritten(values: readonly string[]): (text: string) => boolean {
  const test = made.get(values) ?? makeTest(values);
  made.set(values, test);
  return test;
}

function makeTest(values: readonly string[]): (text: string) => boolean {
  const wanted = values.map(plainly);
  // what has no words at all, as a sign, is looked for as it stands
  const letters = wanted.filter((value) => !hasWords(value));
  const find = matchKeywords(
    wanted
      .filter((value) => !letters.includes(value))
      .map((value) => {
        const isPrefix = value.endsWith('*') && isPrefixLongEnough(value);
        const match = isPrefix ? ('PREFIX' as const) : ('EXACT' as const);
        return { text: value, match, speaker: 'ANY' as const };
      }),
  );
  return (written) => {
    const text = plainly(written);
    return (
      letters.some((value) => text.includes(value)) || find({ speaker: 'UNKNOWN', text }).length > 0
    );
  };
}
