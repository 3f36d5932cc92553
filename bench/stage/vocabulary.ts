// Words that sound like words, and texts in which they are as common as in speech: the n-th word of the list stands
// n^1.05 times more rarely than the first (Zipf).

/** Words by rank, and the chance that a word of a text is among the first n. */
export interface Vocabulary {
  words: string[];
  upTo: Float64Array;
}

const EXPONENT = 1.05;
const ONSETS = 'b c d f g h j k l m n p r s t v w br cr dr fl gr pl pr sh sl sp st th tr'.split(
  ' ',
);
const VOWELS = 'a e i o u ai ea ee oo ou'.split(' ');
const ENDS = ['', '', '', 'n', 'r', 's', 't', 'l', 'm', 'nd', 'st', 'ck'];

/** Makes a vocabulary of so many different words; the common ones are short. */
export function makeVocabulary(size: number, random: () => number): Vocabulary {
  const pick = (from: readonly string[]) => from[Math.floor(random() * from.length)] as string;
  const words = new Set<string>();
  while (words.size < size) {
    const syllables = words.size < 100 ? 1 : 1 + Math.floor(random() * 4);
    const word = Array.from({ length: syllables }, () => pick(ONSETS) + pick(VOWELS)).join('');
    words.add(word + pick(ENDS));
  }
  const upTo = new Float64Array(size);
  let sum = 0;
  for (let rank = 0; rank < size; rank += 1) {
    sum += 1 / (rank + 1) ** EXPONENT;
    upTo[rank] = sum;
  }
  return { words: [...words], upTo: upTo.map((value) => value / sum) };
}

/** A text of so many words. */
export function drawWords(
  { words, upTo }: Vocabulary,
  length: number,
  random: () => number,
): string[] {
  return Array.from({ length }, () => {
    const chance = random();
    let [low, high] = [0, words.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((upTo[middle] as number) < chance) low = middle + 1;
      else high = middle;
    }
    return words[low] as string;
  });
}
