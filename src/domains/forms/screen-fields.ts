// What of a form may be kept. Browsers leave secrets out already; here they are left out whatever a browser sent. Pure.
import { isSecretName } from './secret-names.ts';

/** A field as it was filled. */
export interface Field {
  name: string;
  value: string;
}

/** 13 to 19 digits with single separators; a number that begins with + is a telephone's */
const DIGITS = /(?<![\d+])(?<!\+\d[\d .-]*)\d(?:[ .-]?\d){12,18}(?!\d)/g;
const REMOVED = '[card number removed]';

/**
 * The fields to keep, in their order. Fields with the name of a secret or of an ignored field go; so does one whose value
 * is a card's number. Inside a longer text such a number is replaced.
 * @param ignored names that the company does not want, in any case
 */
export function screenFields(fields: readonly Field[], ignored: readonly string[]): Field[] {
  const unwanted = new Set(ignored.map(plain));
  return fields.flatMap(({ name, value }) => {
    if (isSecretName(name) || unwanted.has(plain(name))) return [];
    const kept = value.replaceAll(DIGITS, (digits) => (isCardNumber(digits) ? REMOVED : digits));
    return kept.trim() === REMOVED && value.trim() !== REMOVED ? [] : [{ name, value: kept }];
  });
}

/** A field's name as names are compared. */
export function plain(name: string): string {
  return name.trim().toLowerCase();
}

/** Luhn's check (ISO/IEC 7812-1) over 13 to 19 digits; cards begin with 2 to 6. */
export function isCardNumber(text: string): boolean {
  const digits = text.replaceAll(/[ .-]/g, '');
  if (!/^[2-6]\d{12,18}$/.test(digits)) return false;
  const sum = [...digits].reverse().reduce((total, digit, n) => {
    const doubled = Number(digit) * (n % 2 === 0 ? 1 : 2);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}
