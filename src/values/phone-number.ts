// Telephone numbers: read in any usual spelling, kept as E.164, classed by region, masked for viewers without the right.
import {
  getCountries,
  getCountryCallingCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max';

const CALLING_CODES = new Set<string>(getCountries().map((one) => getCountryCallingCode(one)));
const TOLL_FREE = new Set(['800', '822', '833', '844', '855', '866', '877', '888']);
/** NPA-555-01xx: reserved for fiction, so metadata libraries call it invalid; the sandbox lives on it. */
const FICTIONAL = /^\+1[2-9]\d{2}55501\d{2}$/;

/**
 * Reads a telephone number in any usual spelling.
 * @param text what a person or carrier wrote: "(415) 555-0134", "+14155550134"
 * @returns E.164, or null when it is not a number that can be dialled. Numbers without a country are read as US/CA.
 */
export function parsePhoneNumber(text: string): string | null {
  return parseLocalNumber(text, 'US');
}

/**
 * Reads it as it is written in a country.
 * @param country of numbers that name none: ISO ("GB") or calling code ("44", "+44"); US/CA for what is neither
 * @returns E.164, or null when it is not a number that can be dialled
 */
export function parseLocalNumber(text: string, country: string): string | null {
  const code = codeOf(country);
  const home = isSupportedCountry(code) ? code : 'US';
  const isCallingCode = CALLING_CODES.has(code);
  const parsed = parsePhoneNumberFromString(
    text,
    isCallingCode ? { defaultCallingCode: code } : home,
  );
  if (!parsed) return null;
  const e164 = parsed.number as string;
  return parsed.isValid() || FICTIONAL.test(e164) ? e164 : null;
}

/** Whether parseLocalNumber reads numbers as those of this country: false for what is neither ISO nor calling code ("UK"). */
export function isCountry(country: string): boolean {
  const code = codeOf(country);
  return isSupportedCountry(code) || CALLING_CODES.has(code);
}

const codeOf = (country: string) => country.toUpperCase().replace(/\W/g, '');

/** The country calling code of an ISO country, without plus; null for what is none: GB → 44. */
export function callingCodeOfCountry(country: string): string | null {
  const code = country.toUpperCase();
  return isSupportedCountry(code) ? getCountryCallingCode(code) : null;
}

/** The ISO country of an E.164 number, or null; a number of the fictional block is where its area code is. */
function countryOf(e164: string): string | null {
  if (!FICTIONAL.test(e164)) return parsePhoneNumberFromString(e164)?.country ?? null;
  return parsePhoneNumberFromString(`${e164.slice(0, 5)}2345678`)?.country ?? 'US';
}

/** True for the toll-free area codes of the North American plan (L10). */
export function isTollFree(e164: string): boolean {
  return e164.startsWith('+1') && TOLL_FREE.has(e164.slice(2, 5));
}

/** True for numbers of the US and Canada by region, not by +1: the Caribbean and US territories are outside (L09). */
export function isUsOrCanada(e164: string): boolean {
  const country = countryOf(e164);
  return country === 'US' || country === 'CA';
}

/** Puerto Rico, the US Virgin Islands, Guam, American Samoa, the Northern Marianas */
const TERRITORIES = new Set(['787', '939', '340', '671', '684', '670']);

/** True for numbers of the territories of the US, which are not of the US by region (L09). */
export function isUsTerritory(e164: string): boolean {
  return e164.startsWith('+1') && TERRITORIES.has(e164.slice(2, 5));
}

/**
 * The class a call is rated in (rules.md, L09, L10, L16): unlimited when every number that it touches is of the US or
 * Canada and not toll-free, metered otherwise.
 * @param ends E.164 of caller, tracking number and whoever it is forwarded to; null = withheld, which tells nothing
 */
export function ratingClassOf(ends: readonly (string | null)[]): 'UNLIMITED' | 'METERED' {
  const unlimited = ends.every((end) => end === null || (isUsOrCanada(end) && !isTollFree(end)));
  return unlimited ? 'UNLIMITED' : 'METERED';
}

/** Hides all but the country and the last two digits: +14155550134 → +1•••••••• 34 without the space. */
export function maskPhoneNumber(e164: string): string {
  const head = e164.startsWith('+1') ? '+1' : e164.slice(0, 3);
  const hidden = Math.max(0, e164.length - head.length - 2);
  return `${head}${'•'.repeat(hidden)}${e164.slice(-2)}`;
}
