// Patterns of the words for numbers below a hundred, and of hours, for what is told in lists.
import { DIGIT_WORDS, TEEN_WORDS, TENS_WORDS } from '#values/number-words.ts';

/** one to nine */
export const ONE = `(?:${DIGIT_WORDS.slice(1).join('|')})`;
/** ten to nineteen */
export const TEEN = `(?:${TEEN_WORDS.join('|')})`;
/** twenty, thirty and so on */
export const TENS = `(?:${TENS_WORDS.join('|')})`;
/** in words, or up to three figures */
export const BELOW_100 = `(?:${TENS}(?: ${ONE})?|${TEEN}|${ONE}|\\d{1,3})`;
/** one to twelve */
export const HOUR = `(?:[1-9]|1[0-2]|${ONE}|ten|eleven|twelve)`;
