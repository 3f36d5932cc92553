// What redaction writes in the place of what it hides.

/** By what was hidden. */
export const LABELS = {
  CARD: '[CARD_NUMBER]',
  CVV: '[CVV]',
  EXPIRY: '[EXPIRY]',
  SSN: '[SSN]',
  DIGITS: '[DIGITS]',
  PHONE: '[PHONE_NUMBER]',
  EMAIL: '[EMAIL]',
  ADDRESS: '[ADDRESS]',
  BIRTH_DATE: '[BIRTH_DATE]',
  NAME: '[NAME]',
  AGE: '[AGE]',
  RELIGION: '[RELIGION]',
  POLITICS: '[POLITICS]',
  MEDICAL: '[MEDICAL]',
} as const;

/** What every company has hidden. */
export type SecureKind = 'CARD' | 'CVV' | 'EXPIRY' | 'SSN' | 'DIGITS';

/** What stands for speech that the recogniser could not write. */
const UNCLEAR = '[unclear]';
const WRITTEN = new Set<string>([...Object.values(LABELS), UNCLEAR]);
const LABEL = /^(\[([A-Za-z_]+)\])[.,?!;:]*$/;

/** What a word says was hidden, CARD_NUMBER, when it is one of those; a person may write anything else in brackets. */
export function readLabel(word: string): string | undefined {
  const [, written = '', name] = LABEL.exec(word) ?? [];
  return WRITTEN.has(written) ? name : undefined;
}
