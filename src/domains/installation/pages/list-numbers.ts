// Which numbers a page prints, in which ways and how often: found as the script on the page finds them, judged real as the
// collect door judges them. Pure.
import type { PrintedIn } from '#generated/prisma/enums.ts';
import { parsePhoneNumber } from '#values/phone-number.ts';
import { findNumbers } from '#values/telephone-text.ts';

/** A piece of a page that may hold numbers. */
export interface PagePiece {
  text: string;
  printedIn: PrintedIn;
  /** by its HTML: `hidden`, or a style that does not display it */
  isHidden: boolean;
  /** in a part that the script is told to leave alone */
  isOptedOut: boolean;
}

/** A number that stands on a page in one way. */
export interface PageNumber {
  /** E.164 */
  number: string;
  printedIn: PrintedIn;
  /** as it stands there first */
  written: string;
  times: number;
  hidden: number;
  optedOut: number;
}

/** numbers and ways in which they stand on a page, at most */
const MOST_NUMBERS = 200;
const MOST_WRITTEN = 60;

/**
 * Lists the numbers of a page's pieces, at most 200.
 * @param callingCode of the country in which numbers without a plus are read
 * @returns them, and whether there were more
 */
export function listPageNumbers(
  pieces: readonly PagePiece[],
  callingCode: string,
): { numbers: PageNumber[]; isFull: boolean } {
  const found = new Map<string, PageNumber>();
  /** what is no number stands on a page a thousand times */
  const real = new Map<string, string | null>();
  const judge = (candidate: string) => {
    const known = real.get(candidate);
    if (known !== undefined) return known;
    const number = parsePhoneNumber(candidate);
    real.set(candidate, number);
    return number;
  };
  for (const { text, printedIn, isHidden, isOptedOut } of pieces) {
    for (const { number: candidate, written: digits, at } of findNumbers(text, callingCode)) {
      const number = judge(candidate);
      if (!number) continue;
      const written = text[at - 1] === '(' && digits.includes(')') ? `(${digits}` : digits;
      const key = `${printedIn} ${number}`;
      if (found.size >= MOST_NUMBERS && !found.has(key)) {
        return { numbers: [...found.values()], isFull: true };
      }
      const one = found.get(key) ?? {
        number,
        printedIn,
        written: written.replace(/\s+/g, ' ').slice(0, MOST_WRITTEN),
        times: 0,
        hidden: 0,
        optedOut: 0,
      };
      one.times += 1;
      if (isHidden) one.hidden += 1;
      if (isOptedOut) one.optedOut += 1;
      found.set(key, one);
    }
  }
  return { numbers: [...found.values()], isFull: false };
}
