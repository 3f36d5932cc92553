// Cuts text into words, the same way for documents, queries and highlights. Pure. Whoever changes what comes out raises
// WORDS_VERSION, and every server rebuilds its index at the next start.

/** The version of these rules; stands on every indexed document. */
export const WORDS_VERSION = 2;

/** A word as it is compared, and where it stands: UTF-16 offsets, the end exclusive. */
export interface CutWord {
  /** null: a label such as [CARD_NUMBER], which is no word and which no phrase reaches across */
  word: string | null;
  start: number;
  end: number;
}

/** longer ones are compared by their beginning; also keeps a word below PostgreSQL's 2 KB */
const MAX_LETTERS = 40;

// a label | a number with thousands (1,200) | letters and digits, with apostrophes inside (don't, o'clock)
const WORD =
  /\[[^[\]\s]{1,40}\]|\p{Nd}{1,3}(?:,\p{Nd}{3})+(?!\p{Nd})|[\p{L}\p{Nd}][\p{L}\p{Nd}\p{M}]*(?:['’ʼ]\p{L}[\p{L}\p{M}]*)*/gu;
const POSSESSIVE = /['’ʼ]s$/iu;
const NOT_LETTERS = /[^\p{L}\p{Nd}]/gu;

/** Letters that Unicode does not take apart, as people type them. */
const FOLDED: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  þ: 'th',
  ı: 'i',
  ς: 'σ',
};
const TO_FOLD = new RegExp(`[${Object.keys(FOLDED).join('')}]`, 'gu');

/**
 * The words of a text in order: lower case, without accents, without the ’s of a possessive; 1,200 is 1200.
 * @param text any string
 */
export function cutWords(text: string): CutWord[] {
  const words: CutWord[] = [];
  for (const found of text.matchAll(WORD)) {
    const [raw] = found;
    const place = { start: found.index, end: found.index + raw.length };
    if (raw.startsWith('[')) words.push({ word: null, ...place });
    else {
      const word = compareAs(raw);
      if (word !== '') words.push({ word, ...place });
    }
  }
  return words;
}

function compareAs(raw: string): string {
  if (/^[a-z0-9]+$/.test(raw) && raw.length <= MAX_LETTERS) return raw;
  const word = raw
    .replace(POSSESSIVE, '')
    .normalize('NFKD')
    .toLowerCase()
    .replace(NOT_LETTERS, '')
    .replace(TO_FOLD, (letter) => FOLDED[letter] ?? letter);
  return word.length <= MAX_LETTERS ? word : [...word].slice(0, MAX_LETTERS).join('');
}
