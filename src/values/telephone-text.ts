// Telephone numbers in text, in whatever dress: finds them and puts others in their place. Pure. Runs in visitors' browsers
// too, so that what the server finds on a page is what they find.

/** A number that a page shows, and the one that this visitor is to see. Both E.164. */
export interface Swap {
  target: string;
  number: string;
  /** the shown number takes texts, so sms: links may lead to it */
  sms: boolean;
}

/** What people and editors put between two digits; soft hyphens, no-break spaces and marks of direction included. */
const GAP = '[\\s().\\-/[\\]·•_~*\\u00ad\\u200b-\\u2015\\u202a-\\u202e\\u2060\\u2212]*';
/** the letters of each digit's key */
const KEYS = ',,ABC,DEF,GHI,JKL,MNO,PQRS,TUV,WXYZ'.split(',');
/** Country calling codes of one and two digits (ITU-T E.164); the others have three. */
const CALLING_CODE = /^\+(1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3})/;
/** A number may not stand inside a longer one, a word, an amount or an address. */
const NEVER_BEFORE = /[\w$€£=]$|\d[-.]$|\+\d{1,3}[\s.(-]{0,3}$/;
const NEVER_AFTER = /^(?!(?:x|ext)[a-z]*[.:]?\s?\d)[\w@]|^[-.]\d/i;
const EXTRA_LETTERS = /^[a-z]{1,4}(?!\w)/i;

const standsAlone = (text: string, from: number, to: number): boolean =>
  !NEVER_BEFORE.test(text.slice(Math.max(0, from - 8), from)) &&
  !NEVER_AFTER.test(text.slice(to, to + 16));

/** The country calling code of an E.164 number, without plus. */
export const callingCodeOf = (e164: string): string => CALLING_CODE.exec(e164)?.[1] ?? '';

/** What finds one number as it is written at home and abroad; letters stand for the last seven digits of a US number. */
function patternOf(e164: string): string {
  const code = callingCodeOf(e164);
  const american = code === '1';
  const digits = [...e164.slice(1 + code.length)].map((digit, index) =>
    american && index > 2 && digit > '1' ? `[${digit}${KEYS[+digit]}]` : digit,
  );
  const abroad = `(?:(?:\\+|011|00)${GAP})?${code}${GAP}`;
  const prefix = american ? abroad : `${abroad}(?:0${GAP})?|0${GAP}`;
  return `((?:${prefix})?${digits.join(GAP)})`;
}

/** Writes `number` in the dress of `written`, which stands for `target`: same separators, same prefix. */
function dress(written: string, target: string, number: string): string {
  const code = callingCodeOf(target);
  if (code !== callingCodeOf(number)) return number;
  const digits = number.slice(1 + code.length);
  const places = target.length - 1 - code.length;
  const before = written.replace(/[^0-9a-z]/gi, '').length - places;
  let at = -before;
  // plans of some countries have numbers of several lengths: the last place takes what is left
  return written.replace(/[0-9a-z]/gi, (sign) => {
    at += 1;
    return at < 1 ? sign : digits.slice(at - 1, at === places ? undefined : at);
  });
}

/** Puts numbers in place of others. `onSeen` is told each target that stands in the text. */
export type Replace = (text: string, onSeen?: (swap: Swap) => string | undefined) => string;

/**
 * Makes the function that puts each swap's number in place of its target, in one pass: what it has written is never
 * read again. A number written for another country's target is written as E.164.
 * @returns a function of text; its second argument may answer another number than the swap's for this place
 */
export function replacerOf(swaps: readonly Swap[]): Replace {
  if (swaps.length === 0) return (text) => text;
  const pattern = new RegExp(swaps.map(({ target }) => patternOf(target)).join('|'), 'gi');
  return (text, onSeen) => {
    let result = '';
    let from = 0;
    pattern.lastIndex = 0;
    for (let found = pattern.exec(text); found; found = pattern.exec(text)) {
      const written = found[0];
      const swap = swaps[found.indexOf(written, 1) - 1] as Swap;
      let end = found.index + written.length;
      const extra = /[a-z]$/i.test(written) ? EXTRA_LETTERS.exec(text.slice(end, end + 5)) : null;
      if (extra) end += extra[0].length;
      if (!standsAlone(text, found.index, end)) {
        pattern.lastIndex = found.index + 1;
      } else {
        const number = onSeen?.(swap) ?? swap.number;
        result += text.slice(from, found.index);
        result +=
          number === swap.target
            ? text.slice(found.index, end)
            : dress(written, swap.target, number);
        from = pattern.lastIndex = end;
      }
    }
    return result + text.slice(from);
  };
}

const AMERICAN = `(?:\\+?1${GAP})?[2-9]\\d\\d${GAP}[2-9A-Z](?:${GAP}[\\dA-Z]){6}`;
const ELSEWHERE = `\\d(?:${GAP}\\d){7,11}`;

const candidates = (callingCode: string): RegExp =>
  new RegExp(`\\+\\d(?:${GAP}\\d){7,14}|${callingCode === '1' ? AMERICAN : ELSEWHERE}`, 'g');

/**
 * Every number that a text may hold, as E.164; at most 50, each once. The server knows which of them are real.
 * @param callingCode of the page's country, in which numbers without a plus are read; '1' for US and Canada
 */
export function listNumbers(text: string, callingCode: string): string[] {
  const pattern = candidates(callingCode);
  const numbers: string[] = [];
  for (let found = pattern.exec(text); found; found = pattern.exec(text)) {
    if (!standsAlone(text, found.index, pattern.lastIndex)) {
      pattern.lastIndex = found.index + 1;
      continue;
    }
    const number = readNumber(found[0], callingCode);
    if (!numbers.includes(number) && numbers.push(number) > 49) break;
  }
  return numbers;
}

/** A number in a text: as E.164, as it is written, and where that begins. */
export interface FoundNumber {
  number: string;
  written: string;
  at: number;
}

/** The same numbers one by one, as often as they stand there: for the server, so that the script stays small. */
export function* findNumbers(text: string, callingCode: string): Generator<FoundNumber> {
  const pattern = candidates(callingCode);
  for (let found = pattern.exec(text); found; found = pattern.exec(text)) {
    const { index: at, 0: written } = found;
    if (!standsAlone(text, at, pattern.lastIndex)) pattern.lastIndex = at + 1;
    else yield { number: readNumber(written, callingCode), written, at };
  }
}

function readNumber(written: string, callingCode: string): string {
  const digits = written
    .replace(/\(0\)/, '')
    .replace(/[A-Z]/g, (letter) => `${KEYS.findIndex((key) => key.includes(letter))}`)
    .replace(/\D/g, '');
  if (written[0] === '+') return `+${digits}`;
  if (callingCode === '1') return `+1${digits.slice(-10)}`;
  return `+${callingCode}${digits.replace(/^0/, '')}`;
}
