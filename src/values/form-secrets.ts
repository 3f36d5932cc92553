// What of a form must never be kept, nor leave the page: passwords, cards, hidden tokens. Told by the names of fields, and
// of cards by their numbers too. The script on pages and the server judge by the same lines. Pure.

/** Parts of names, in any spelling: without what is neither letter nor digit. */
const PARTS =
  /pass(?:word|wd|phrase|code|wort)|kennwort|motdepasse|contrase[nñ]a|pincode|card(?:n(?:umber|o|um)|c(?:ode|vc|vv)|holder|exp)|(?:credi|debi)tcard|ccn(?:um|o)|securitycode|nameoncard|[cx]srf|(?:verification|authenticity|access)token|captcharesponse|(?:re|h)captcha|turnstileresponse|viewstate|eventvalidation|wpnonce|sess(?:ion)?id|apikey|^(?:cc|card)?exp(?:ir(?:y|ation|es))?(?:date|month|year|mm|yy(?:yy)?)?$/;

/** Whole words: parts of others, such as "pin" of "shipping", mean nothing. "cc" is that of cards where more follows. */
const WORDS = /^-cc-.|-(?:pass|pwd|pin|cv[vcn]2?|csc|[cx]srf|token|nonce|captcha)-/;

/**
 * 13 to 19 digits with single separators, as many as there are and then as few: an expiry may follow. What begins with + is
 * a telephone number. Without lookbehind: in browsers that do not know it the whole script would be lost.
 */
const RUNS = [
  /\+\d[\d .-]*|\d{20,}|\d(?:[ .-]?\d){12,18}(?!\d)/g,
  /\+\d[\d .-]*|\d{20,}|\d(?:[ .-]?\d){12,18}?(?!\d)/g,
];
const REMOVED = '[card number removed]';

/**
 * Whether a field of this name holds what must not be kept: a password, a card's number, code or expiry, or a token that
 * the page hides in its forms.
 * @param name of the field, or its autocomplete word (cc-number)
 */
export function isSecretName(name: string): boolean {
  const words = `-${name
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1-$2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')}-`.replace(/^-+|-+$/g, '-');
  return WORDS.test(words) || PARTS.test(words.replace(/-/g, ''));
}

/**
 * The value without numbers of cards: inside a longer text each is replaced by a note; '' where it was nothing else.
 */
export function withoutCards(value: string): string {
  const hide = (digits: string) => (isCardNumber(digits) ? REMOVED : digits);
  const kept = RUNS.reduce((text, run) => text.replace(run, hide), value);
  return kept !== value && kept.trim() === REMOVED ? '' : kept;
}

/** Luhn's check (ISO/IEC 7812-1) over 13 to 19 digits; cards begin with 2 to 6. */
export function isCardNumber(text: string): boolean {
  const digits = text.replace(/[ .-]/g, '');
  if (!/^[2-6]\d{12,18}$/.test(digits)) return false;
  const sum = [...digits].reverse().reduce((total, digit, n) => {
    const doubled = Number(digit) * (1 + (n % 2));
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}
