// Text as a number, for lists of keys in the index. Pure. What comes out stands in the database: another rule is another
// WORDS_VERSION.

/** FNV-1a over UTF-16 units, its halves folded (http://www.isthe.com/chongo/tech/comp/fnv): a 32-bit signed integer. */
export function hashText(text: string): number {
  let value = 0x811c9dc5;
  for (let n = 0; n < text.length; n += 1) {
    value = Math.imul(value ^ text.charCodeAt(n), 0x01000193);
  }
  return value ^ (value >>> 16);
}
