// Reading values that anybody can have written: bounded, decoded, without what no column or page could hold.

/** Longer values are cut: no name or campaign of use is longer. */
const MAX_VALUE_CHARACTERS = 200;
const ENCODED = /%[0-9a-f]{2}/i;
// people write [Search] and <Brand> into the names of campaigns, braces and percents only templates do
const PLACEHOLDER = /\{[^{}]*\}|^\[\w*\]$|%%\w*%%|^<\w*>$/;

/** A value of a parameter, at most 200 characters; empty when it is blank, or a template's place that was not filled. */
export function readText(raw: string): string {
  // links that pass through two redirects are encoded twice
  const once = ENCODED.test(raw) ? decode(raw) : raw;
  const text = strip(cutText(strip(once.replaceAll('+', ' ')).trim())).trim();
  return PLACEHOLDER.test(text) ? '' : text;
}

/** The first 200 characters, as many as a source's name has. */
export function cutText(text: string): string {
  return text.slice(0, MAX_VALUE_CHARACTERS);
}

/** Longer than any network's click ids. */
const MAX_ID_CHARACTERS = 1_000;

/** A click id; empty when it cannot be one. Its letters stay as they are: networks tell large from small. */
export function readId(raw: string): string {
  const id = raw.trim();
  return id.length <= MAX_ID_CHARACTERS && /^[\x21-\x7e]+$/.test(id) && !PLACEHOLDER.test(id)
    ? id
    : '';
}

/** Without what PostgreSQL does not store, or nobody can read: control characters, broken letters. */
export function strip(text: string): string {
  return text
    .toWellFormed()
    .replaceAll('\ufffd', '')
    .replace(/\p{Cc}+/gu, ' ');
}

/** Small letters, parted by one space: `Google_Ads` and `google-ads` are `google ads`. */
export function wordsOf(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
