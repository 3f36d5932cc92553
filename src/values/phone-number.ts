// Telephone numbers: read in any usual spelling, kept as E.164, classed by region, masked for viewers without the right.
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';

const TOLL_FREE = new Set(['800', '822', '833', '844', '855', '866', '877', '888']);
/** NPA-555-01xx: reserved for fiction, so metadata libraries call it invalid; the sandbox lives on it. */
const FICTIONAL = /^\+1[2-9]\d{2}55501\d{2}$/;

/**
 * Reads a telephone number in any usual spelling.
 * @param text what a person or carrier wrote: "(415) 555-0134", "+14155550134"
 * @returns E.164, or null when it is not a number that can be dialled. Numbers without a country are read as US/CA.
 */
export function parsePhoneNumber(text: string): string | null {
  const parsed = parsePhoneNumberFromString(text, 'US');
  if (!parsed) return null;
  const e164 = parsed.number as string;
  return parsed.isValid() || FICTIONAL.test(e164) ? e164 : null;
}

/** The ISO country of an E.164 number, or null; the fictional block counts as US. */
export function countryOf(e164: string): string | null {
  if (FICTIONAL.test(e164)) return 'US';
  return parsePhoneNumberFromString(e164)?.country ?? null;
}

/** True for the toll-free area codes of the North American plan (L10). */
export function isTollFree(e164: string): boolean {
  return e164.startsWith('+1') && TOLL_FREE.has(e164.slice(2, 5));
}

/**
 * The class a call is rated in (rules.md, L09, L10, L16): unlimited between US and Canadian numbers that are not
 * toll-free, metered otherwise.
 */
export function ratingClassOf(from: string | null, to: string): 'UNLIMITED' | 'METERED' {
  const ends = [from, to].filter((end) => end !== null);
  const unlimited = ends.every((end) => {
    const country = countryOf(end);
    return (country === 'US' || country === 'CA') && !isTollFree(end);
  });
  return unlimited ? 'UNLIMITED' : 'METERED';
}

/** Hides all but the country and the last two digits: +14155550134 → +1•••••••• 34 without the space. */
export function maskPhoneNumber(e164: string): string {
  const head = e164.startsWith('+1') ? '+1' : e164.slice(0, 3);
  const hidden = Math.max(0, e164.length - head.length - 2);
  return `${head}${'•'.repeat(hidden)}${e164.slice(-2)}`;
}
