// What the fields of a form are known by.

/** name → value */
export type Fields = Record<string, string>;

/** what keeps all that stands in it from being told */
export const OFF = '[data-switchboard-nocapture],[data-cr-no-capture]';
export const TRAPS = '[data-switchboard-trap],[tabindex="-1"]';
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
    .slice(0, 1e5)
    .toLowerCase()
    .replace(/%..|\\.|\W/g, '');
