// Small numbers for lies: those that a talk does not have, and times that are put together of numbers that it does have.

const ONES = 'zero one two three four fi six seven eight nin'.split(' ');
const TEENS = 'ten eleven twel thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
  ' ',
);
const TENS = 'twent thirt fort fift'.split(' ');
const HOURS = 'one two three four five six seven eight nine ten eleven twelve'.split(' ');
const MINUTES = new Map(
  Object.entries({ ten: 10, fifteen: 15, twenty: 20, thirty: 30, forty: 40, fifty: 50 }),
);

/** How the words of 1 to 59 begin that tell its last figures, ordinals too. */
function stemOf(n: number): string {
  if (n < 10) return ONES[n] ?? '';
  if (n < 20) return TEENS[n - 10] ?? '';
  return n % 10 === 0 ? (TENS[n / 10 - 2] ?? '') : (ONES[n % 10] ?? '');
}

/** The numbers from 1 to 59 that surely do not stand in a text. */
export function smallNumbersBesides(text: string): number[] {
  const small = text.toLowerCase();
  const isHalf = small.includes('half past');
  return Array.from({ length: 59 }, (_, at) => at + 1).filter(
    (n) => !small.includes(stemOf(n)) && !small.includes(String(n)) && !(isHalf && n === 30),
  );
}

const isWord = (text: string, word: string) => new RegExp(`\\b${word}\\b`, 'i').test(text);

/** Times of an hour and of minutes that a text has both, but not together. */
export function timesPutTogether(text: string): string[] {
  return HOURS.flatMap((hour, at) =>
    [...MINUTES].flatMap(([minute, of]) => {
      const isThere = isWord(text, hour) && isWord(text, minute) && hour !== minute;
      return isThere && !isWord(text, `${hour}[ -]${minute}`) ? [`${at + 1}:${of}`] : [];
    }),
  );
}

/** A time of a sentence, in a half of the day that the talk does not tell of it; null where the sentence has none. */
export function timeOfOtherHalf(sentence: string, talk: string): string | null {
  const hour = new RegExp(`\\b(?:at|for|by) (${HOURS.join('|')})\\b`, 'i').exec(sentence)?.[1];
  if (hour === undefined) return null;
  return `${HOURS.indexOf(hour.toLowerCase()) + 1} ${/morning/.test(talk) ? 'PM' : 'AM'}`;
}
