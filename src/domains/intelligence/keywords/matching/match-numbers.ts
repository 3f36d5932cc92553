// Numbers as they are said: "twenty four" is 24, "nine one one" 911, "three sixty" 360, "twenty first" 21st.
import { NUMBER_WORDS } from '#values/number-words.ts';

const FIRST_TO_NINETEENTH =
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth'.split(
    ' ',
  );

const SMALL = new Map<string, number>([...NUMBER_WORDS, ['fourty', 40]]);
const ORDINALS = new Map<string, number>([
  ...FIRST_TO_NINETEENTH.map((word, n): [string, number] => [word, n + 1]),
  ['twentieth', 20],
  ['thirtieth', 30],
]);
/** a telephone number's length: longer runs are no word that is looked for */
const MOST_DIGITS = 10;

/** A way to read some of the words: in figures, and how many words that takes. */
export interface SpokenNumber {
  figures: string;
  words: number;
  /** how much or which one, as against digits one by one and pairs of numbers: a part of it was not said */
  counts: boolean;
}

/**
 * The numbers that these words begin with, one for each length and reading.
 * @param words small letters without marks, as they follow each other without a mark between
 */
export function numbersAt(words: readonly string[]): SpokenNumber[] {
  const found = [
    ...cardinalsAt(words),
    ...digitsAt(words),
    ...pairsAt(words),
    ...ordinalsAt(words),
  ];
  return [...new Map(found.map((one) => [`${one.words} ${one.figures}`, one])).values()];
}

interface Counted {
  value: number;
  words: number;
}

const figuresOf = ({ value, words }: Counted): SpokenNumber => ({
  ...{ figures: String(value), words, counts: true },
});

/** 0 to 99: "seven", "seventeen", "seventy", "seventy one". */
function smallAt([first = '', second = '']: readonly string[]): Counted[] {
  const value = SMALL.get(first);
  if (value === undefined) return [];
  const one = SMALL.get(second) ?? 0;
  const isWhole = value >= 20 && one >= 1 && one <= 9;
  return [{ value, words: 1 }, ...(isWhole ? [{ value: value + one, words: 2 }] : [])];
}

/** What follows a hundred or a thousand, with "and" before it or not. */
function restAt(words: readonly string[], at: (rest: readonly string[]) => Counted[]): Counted[] {
  const skipped = words[0] === 'and' ? 1 : 0;
  return at(words.slice(skipped)).map(({ value, words: used }) => ({
    value,
    words: used + skipped,
  }));
}

function scaledAt(
  words: readonly string[],
  scale: { word: string; by: number },
  heads: readonly Counted[],
  below: (rest: readonly string[]) => Counted[],
): Counted[] {
  return heads
    .filter((head) => head.value > 0 && words[head.words] === scale.word)
    .flatMap((head) => {
      const whole = { value: head.value * scale.by, words: head.words + 1 };
      const rests = restAt(words.slice(whole.words), below);
      return [
        whole,
        ...rests.map((rest) => ({
          value: whole.value + rest.value,
          words: whole.words + rest.words,
        })),
      ];
    });
}

/** Figures of up to three digits count too where a scale follows: "5 hundred". */
function headsAt(words: readonly string[]): Counted[] {
  const [first = ''] = words;
  return /^[1-9]\d{0,2}$/.test(first) ? [{ value: Number(first), words: 1 }] : smallAt(words);
}

function hundredsAt(words: readonly string[]): Counted[] {
  return scaledAt(words, { word: 'hundred', by: 100 }, headsAt(words), smallAt);
}

function cardinalsAt(words: readonly string[]): SpokenNumber[] {
  const hundreds = hundredsAt(words);
  const below = (rest: readonly string[]) => [...smallAt(rest), ...hundredsAt(rest)];
  const thousands = scaledAt(
    words,
    { word: 'thousand', by: 1_000 },
    [...headsAt(words), ...hundreds],
    below,
  );
  return [...smallAt(words), ...hundreds, ...thousands].map(figuresOf);
}

/** Digit after digit: "nine one one", "four oh one". */
function digitsAt(words: readonly string[]): SpokenNumber[] {
  const found: SpokenNumber[] = [];
  let figures = '';
  for (const word of words.slice(0, MOST_DIGITS)) {
    const digit = word === 'oh' && figures !== '' ? 0 : SMALL.get(word);
    if (digit === undefined || digit > 9) break;
    figures += digit;
    if (figures.length > 1) found.push({ figures, words: figures.length, counts: false });
  }
  return found;
}

/** Two numbers as one: "three sixty", "nine eleven", "twenty twenty", "nineteen ninety five". */
function pairsAt(words: readonly string[]): SpokenNumber[] {
  return smallAt(words)
    .filter(({ value }) => value > 0)
    .flatMap((head) =>
      smallAt(words.slice(head.words))
        .filter(({ value }) => value >= 10)
        .map((tail) => ({
          figures: `${head.value}${tail.value}`,
          words: head.words + tail.words,
          counts: false,
        })),
    );
}

function ordinalsAt([first = '', second = '']: readonly string[]): SpokenNumber[] {
  const [whole, tens, one] = [
    ORDINALS.get(first),
    SMALL.get(first) ?? 0,
    ORDINALS.get(second) ?? 0,
  ];
  return [
    ...(whole === undefined ? [] : [{ figures: asOrdinal(whole), words: 1, counts: true }]),
    ...(tens >= 20 && one >= 1 && one <= 9
      ? [{ figures: asOrdinal(tens + one), words: 2, counts: true }]
      : []),
  ];
}

function asOrdinal(value: number): string {
  const isTeen = value > 10 && value < 20;
  const ending = isTeen ? 'th' : (['th', 'st', 'nd', 'rd'][value % 10] ?? 'th');
  return `${value}${ending}`;
}
