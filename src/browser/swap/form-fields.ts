// What the fields of a form are known by.

/** name → value */
export type Fields = Record<string, string>;

/** what keeps all that stands in it from being told */
export const OFF = '[data-switchboard-nocapture],[data-cr-no-capture]';
/** fields that people do not see */
export const TRAPS = '[data-switchboard-trap]';
/**
 * That people do not reach, and so do not see where it is for text: boxes to choose from, and what is hidden from those who
 * listen, stand behind what people use in their place.
 */
export const UNREACHED = '[tabindex="-1"]:not([aria-hidden=true])';
/** text, textarea, tel, email, url */
export const FOR_TEXT = /^(te|em|ur)/;
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
