// Reads each word of a transcript as a number, a filler or something else, the way numbers are spoken on the phone and
// spelled by speech recognition: "four", "oh", "double four", "twenty eight", "4242-4242", "for" meaning four.
import { foldDigits } from '#values/fold-digits.ts';
import { DIGIT_WORDS, NUMBER_WORDS } from '#values/number-words.ts';
import { trimMarks } from '#values/trim-marks.ts';
import { readLabel } from './redact-labels.ts';

/**
 * NUMBER counts as digits. ORDINARY is a number whose writing tells that it is a price, time or percentage. SOUNDALIKE may be a
 * misheard digit. FILLER may stand inside a dictated number. OTHER is everything else.
 */
type TokenKind = 'NUMBER' | 'ORDINARY' | 'SOUNDALIKE' | 'FILLER' | 'OTHER';

/** One word: what it is, the digits it stands for ("" if none), and its bare text (lower case, no outer punctuation). */
export interface Token {
  kind: TokenKind;
  value: string;
  bare: string;
  /** of a label what it says was hidden: `CARD_NUMBER`. What it stands for was said. */
  label?: string;
  /** what ends the word: a comma or the like, or the end of a sentence */
  mark?: 'COMMA' | 'STOP';
  /** it is written as a name is */
  isName?: true;
}

const words = (list: string) => new Set(list.split(' '));

/** as recognition and people write them, too */
const OTHER_SPELLINGS = { nought: '0', naught: '0', fife: '5', niner: '9', fourty: '40' };
const SPOKEN = new Map([
  ...[...NUMBER_WORDS].map(([word, value]): [string, string] => [word, String(value)]),
  ...Object.entries(OTHER_SPELLINGS),
]);
const REPEAT_WORDS = new Map([
  ['double', 1],
  ['triple', 2],
  ['treble', 2],
  ['quadruple', 3],
]);
const MULTIPLIER_WORDS = new Map([
  ['hundred', '00'],
  ['thousand', '000'],
]);
const SOUNDALIKES = new Map(
  Object.entries({
    oh: '0',
    o: '0',
    owe: '0',
    nil: '0',
    hero: '0',
    won: '1',
    to: '2',
    too: '2',
    tu: '2',
    tree: '3',
    free: '3',
    for: '4',
    fore: '4',
    sex: '6',
    sicks: '6',
    ate: '8',
    ait: '8',
    nein: '9',
    nigh: '9',
  }),
);

/** Words that people put between the digits of one number; they never end it. */
export const FILLER_WORDS: readonly string[] = [
  ...words(
    "uh um er erm ah eh hm hmm mm mhm mm-hmm uh-huh huh okay ok yes yeah yep no right sure so well like and then next that's thats that it's its it is the a just now here please sorry again actually correct go ahead got let lemme let's me see hold hang on wait second sec moment minute i mean think you know dash hyphen minus space comma dot point period slash followed by after number numbers digit digits first last",
  ),
];
const FILLERS = new Set(FILLER_WORDS);

const ORDINARY_NUMBER = /^([$€£]\d.*|\d{1,2}:\d{2}(am|pm)?|\d+([.:]\d+)?(%|am|pm|k))$/;
const ORDINAL_NUMBER = /^\d+(st|nd|rd|th)$/;
const GLUED_DIGIT_WORDS = new RegExp(`^(${DIGIT_WORDS.join('|')}){2,}$`);
const FIRST = /[\p{L}\p{N}$€£+]/u;
const LAST = /[\p{L}\p{N}%]/u;
const isFirst = (letter: string) => FIRST.test(letter);
const isLast = (letter: string) => LAST.test(letter);
const DIGIT_WORD = new RegExp(DIGIT_WORDS.join('|'), 'g');

function isTensBeforeUnit(word: string | undefined, next: string | undefined): boolean {
  return (
    /^[2-9]0$/.test(SPOKEN.get(word ?? '') ?? '') && /^[1-9]$/.test(SPOKEN.get(next ?? '') ?? '')
  );
}

function readSpoken(word: string): string {
  if (GLUED_DIGIT_WORDS.test(word)) {
    return (word.match(DIGIT_WORD) ?? []).map((digit) => SPOKEN.get(digit)).join('');
  }
  return SPOKEN.get(word) ?? '';
}

// "forty-two", "four-two-four-two": every part must be a number, or the word is not one ("one-time", "two-story").
function readHyphenated(bare: string): string {
  const parts = bare.split(/[-–—/,.]+/).filter(Boolean);
  let value = '';
  for (const [i, part] of parts.entries()) {
    const inside = value === '' ? undefined : SOUNDALIKES.get(part);
    const digits = /^\d+$/.test(part) ? part : readSpoken(part) || inside;
    if (!digits) {
      return '';
    }
    value += isTensBeforeUnit(part, parts[i + 1]) ? digits[0] : digits;
  }
  return value;
}

function readWord(text: string): Token {
  const label = readLabel(text);
  if (label) {
    return { kind: 'OTHER', value: '', bare: '', label };
  }
  const plain = text.normalize('NFKC').toLowerCase().replaceAll('’', "'");
  const bare = trimMarks(plain, isFirst, isLast);
  const written = bare.replace(/\D/g, '');
  if (written) {
    if (ORDINAL_NUMBER.test(bare)) {
      return { kind: 'OTHER', value: '', bare };
    }
    return { kind: ORDINARY_NUMBER.test(bare) ? 'ORDINARY' : 'NUMBER', value: written, bare };
  }
  const spoken = readHyphenated(bare);
  if (spoken) {
    return { kind: 'NUMBER', value: spoken, bare };
  }
  const soundalike = SOUNDALIKES.get(bare);
  if (soundalike) {
    return { kind: 'SOUNDALIKE', value: soundalike, bare };
  }
  return { kind: bare === '' || FILLERS.has(bare) ? 'FILLER' : 'OTHER', value: '', bare };
}

/** Of letters and figures: the number of a car or a parcel, or "R-410A". What is glued to a whole card is none. */
const MIXED = /^(?=[^a-z]*[a-z])(?=\D*\d)(?!.*\d{8})[a-z\d-]+$/;

/** Short ones may be what is left of a digit: "R. 29". */
const NAME = /^\p{Lu}\p{Ll}{2,}/u;
const POSTCODE_AND_MORE = /^\d{5}-\d{4}$/;
/** The number of an order or a parcel, as two large senders write theirs; none is a card's. */
const OF_SENDER = /^(?:\d{3}-\d{7}-\d{7}|1z[a-z\d]{16})$/;

const MOST_FILLERS_BESIDE = 10;

/** Whether a number stands beside a word, but for fillers between them. */
function isBesideNumber(tokens: readonly Token[], at: number): boolean {
  const isNext = (step: 1 | -1) => {
    let beside = at + step;
    for (let n = 0; n < MOST_FILLERS_BESIDE && tokens[beside]?.kind === 'FILLER'; n++)
      beside += step;
    return tokens[beside]?.kind === 'NUMBER';
  };
  return isNext(1) || isNext(-1);
}

/**
 * Whether a word is a code of letters and figures, or a long postcode: "1HGCM82633A004352", "60609-1234". No card is; but a
 * letter may be heard on a piece of one, so a single one makes a code only in front of all figures and with no number beside.
 */
export function isCode(tokens: readonly Token[], at: number): boolean {
  const { kind, bare } = tokens[at] ?? { kind: 'OTHER', bare: '' };
  if (kind !== 'NUMBER') return false;
  if (OF_SENDER.test(bare)) return true;
  if (POSTCODE_AND_MORE.test(bare)) return !isBesideNumber(tokens, at);
  if (!MIXED.test(bare)) return false;
  const isLettered = /[a-z].*[a-z]/.test(bare);
  if (!isLettered && (!/^[a-z]/.test(bare) || isBesideNumber(tokens, at))) return false;
  // "six-0" and "4242and4242" are numbers
  const letters = bare.match(/[a-z]{2,}/g) ?? [];
  return letters.every((some) => !readSpoken(some) && !FILLERS.has(some));
}

function withWriting(token: Token, text: string): Token {
  const [mark] = /[.?!;:,]["'”’)\]]?$/.exec(text) ?? [];
  const isName = token.kind === 'OTHER' && NAME.test(text);
  return {
    ...token,
    ...(mark && { mark: /^[,;:]/.test(mark) ? 'COMMA' : 'STOP' }),
    ...(isName && { isName }),
  };
}

/**
 * Classifies the words of one channel in the order in which they were said.
 * Values are what would be written: "twenty eight" is 28, "double four" 44, "two hundred" 200.
 */
export function readTokens(texts: readonly string[]): Token[] {
  const tokens = texts.map(foldDigits).map((text) => withWriting(readWord(text), text));
  for (const [i, token] of tokens.entries()) {
    const next = tokens[i + 1];
    const isBeforeNumber = next?.kind === 'NUMBER';
    const repeats = REPEAT_WORDS.get(token.bare);
    // "double four, eight one" may be written "double 481"
    if (repeats && (next?.value.length === 1 || (isBeforeNumber && tokens[i - 1]?.value))) {
      tokens[i] = { ...token, kind: 'NUMBER', value: next?.value.charAt(0).repeat(repeats) ?? '' };
    }
    const zeros = MULTIPLIER_WORDS.get(token.bare);
    if (zeros && tokens[i - 1]?.kind === 'NUMBER') {
      tokens[i] = { ...token, kind: 'NUMBER', value: isBeforeNumber ? '' : zeros };
    }
    if (isTensBeforeUnit(token.bare, next?.bare)) {
      tokens[i] = { ...token, value: token.value.slice(0, 1) };
    }
    // "four as in Frank"
    const [, , like] = tokens.slice(i, i + 3);
    if (
      token.bare === 'as' &&
      next?.bare === 'in' &&
      like?.kind === 'OTHER' &&
      tokens[i - 1]?.value
    ) {
      for (const at of [i, i + 1, i + 2]) tokens[at] = { ...(tokens[at] ?? token), kind: 'FILLER' };
    }
  }
  return tokens;
}
