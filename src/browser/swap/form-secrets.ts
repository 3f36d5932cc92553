// Which fields of a form do not leave the page: passwords, cards and tokens, by their names; numbers of cards in any value.
// Hidden fields are not read at all. Shorter than the server's own list, and never milder on what people fill in. Pure.

const SECRET =
  /pass.?(w|ph|co)|kennw|mot.?dep|contras|pin.?code|card.?[nche]|(credi|debi)t.?card|cc[^a-z]?n(um|o)|(^[^a-z]*| )cc.|security.?code|on.?card|^[^a-z]*exp[^a-z]?(ir|m|y|d|$)|captcha|token|(^|[^a-z])(pass|pwd|pin|cv[vcn]2?|csc)([^a-z]|$)/i;

/** Whether a field of this name, or with this autocomplete word, is left out. */
export const isSecret = (name: string): boolean =>
  SECRET.test(name.replace(/([a-z\d])([A-Z])/g, '$1-$2'));

const hide = (run: string): string => {
  let sum = 0;
  let n = 0;
  for (const digit of [...run.replace(/\D/g, '')].reverse()) {
    sum += +digit * (1 + (n % 2)) - (n % 2 && digit > '4' ? 9 : 0);
    n += 1;
  }
  return /^[2-6]/.test(run) && sum % 10 === 0 ? '' : run;
};

/**
 * The value without cards: 13 to 19 digits that begin with 2 to 6 and hold Luhn's check (ISO/IEC 7812-1), as many as there
 * are and then as few: an expiry may follow.
 */
export const withoutCards = (value: string): string =>
  value
    .replace(/\+?\d(?:[ .-]?\d){12,18}/g, hide)
    .replace(/\+?\d(?:[ .-]?\d){12,18}?(?!\d)/g, hide);
