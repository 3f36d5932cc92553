// The words for numbers as English has them, each list in the order of its values: what is said on the telephone is read by
// them, to be hidden, found or compared.

/** 0 to 9 */
export const DIGIT_WORDS: readonly string[] =
  'zero one two three four five six seven eight nine'.split(' ');
/** 10 to 19 */
export const TEEN_WORDS: readonly string[] =
  'ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(' ');
/** 20, 30 and so on to 90 */
export const TENS_WORDS: readonly string[] =
  'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');

/** Each word with its value: 0 to 20, 30, 40 and so on to 90. */
export const NUMBER_WORDS: ReadonlyMap<string, number> = new Map([
  ...[...DIGIT_WORDS, ...TEEN_WORDS].map((word, value): [string, number] => [word, value]),
  ...TENS_WORDS.map((word, n): [string, number] => [word, 20 + 10 * n]),
]);
