// What the fields of a form are known by.

/** name → value */
export type Fields = Record<string, string>;

/** What is known of a form; once it was told too: a next step of it may be sent by itself. */
export interface Draft {
  /** with those that a multi-step form has taken away again */
  noted: Fields;
  /** "1" when something stands in a field that people do not see: no word of it is told */
  baited?: string | undefined;
  /** when it was first touched */
  since?: number;
  isSignIn?: boolean;
  /** what stands in a field for telephone numbers */
  dialled?: string | undefined;
}

/** what keeps all that stands in it from being told */
export const OFF = '[data-switchboard-nocapture],[data-cr-no-capture]';
/**
 * Whether people do not see it: it says so itself, or they do not reach it with their keys and it is for text (text, textarea,
 * tel, email, url). Boxes to choose from, what is hidden from those who listen and what only the page writes into (read-only,
 * or as it came) stand behind what people use instead.
 */
export const isTrap = (field: HTMLInputElement, type: string, value: string): boolean =>
  field.matches('[data-switchboard-trap]') ||
  (/^(te|em|ur)/.test(type) &&
    field.matches('[tabindex="-1"]:not([aria-hidden=true],[readonly])') &&
    (!value || value !== field.defaultValue));
/** hidden, password, file, fieldset, submit, button, reset, image, output: no words of the visitor's */
export const WORDLESS = /^(hid|pas|fi|sub|but|res|im|ou)/;
/** an e-mail address or a telephone number; a date has fewer digits */
export const TELLING = /@[^@]+\.|(\d[\s().-]{0,3}){9}/;

/** that the server takes, in letters of three bytes, beside an address as long as it may be: with more it refuses all */
export const ROOM = 16e3;
export const MOST_FIELDS = 200;

/** Letters and digits: what JSON, form encoding and tidied telephone numbers have in common. */
export const squash = (text: string): string =>
  text
    .slice(0, 1e6)
    .toLowerCase()
    .replace(/%..|\\.|\W/g, '');

/** Those that say something, with commas between them. */
export const joined = (...texts: (string | undefined)[]): string =>
  texts.filter(Boolean).join(', ');
