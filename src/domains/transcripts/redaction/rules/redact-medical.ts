// The class MEDICAL: words of a committed vocabulary, also where recognition missed a vowel of a long one, and what is told as
// somebody's illness or medicine. What is neither stays, and whose illness it is is not asked.
import { BODY_PARTS, CONDITIONS, MEDICINES, TREATMENTS } from './redact-medical-words.ts';
import type { TimedToken } from './redact-runs.ts';
import { type SmoothWord, smooth, soundOf } from './redact-smooth.ts';

// "Alzheimer's", "diabetes'"
const plain = (bare: string) => bare.replace(/['’]/g, '');

const byFirst = Map.groupBy(
  [...CONDITIONS, ...TREATMENTS, ...MEDICINES].map((phrase) => phrase.split(' ').map(soundOf)),
  ([first]) => first ?? '',
);
const PARTS = new Set(BODY_PARTS);
const OF_A_PART = new Set(
  'cancer tumor surgery surgeries disease infection failure replacement'.split(' ').map(soundOf),
);
/** "a depression in the driveway" */
const HOLE = /^a depression$/;

/** Behind these stands an illness, a treatment or a medicine, known or not. */
const TOLD =
  /\b(?:diagnosed with|suffer(?:s|ed|ing)? from|allergic to|prescribed (?:me|him|her)|prescription for|milligrams of|mg of|(?:a|my|his|her|the) refill (?:of|on|for) (?:my|his|her|the))$/;
const NO_THING =
  /^(?:|and|or|but|so|i|you|he|she|we|they|it|that|this|which|is|was|are|were|to|for|in|on|at|from|of|with|last|when|since|because|anything|something|nothing|some|any|one|please|today|no|yes|not|here|there)$/;
const ARTICLE = /^(?:a|an|the|his|her|my|their|really|severe|bad|mild|chronic|acute)$/;
const MOST_TOLD_WORDS = 3;

/** How many words from here on are in the vocabulary. */
function knownFrom(words: readonly SmoothWord[], at: number): number {
  const sound = (place: number) => soundOf(plain(words[place]?.bare ?? ''));
  const first = sound(at);
  const phrases = byFirst.get(first) ?? byFirst.get(first.replace(/s$/, '')) ?? [];
  const lengths = phrases
    .filter((phrase) => phrase.slice(1).every((one, n) => sound(at + 1 + n) === one))
    .map((phrase) => phrase.length);
  return Math.max(0, ...lengths);
}

/** How many words from here on tell what somebody is said to have or take. */
function toldFrom(words: readonly SmoothWord[], at: number, texts: readonly string[]): number {
  let length = 0;
  while (length < MOST_TOLD_WORDS + 1) {
    const word = words[at + length];
    if (!word || NO_THING.test(word.bare)) break;
    const isLast = /[.,?!;]$/.test(texts[word.last] ?? '');
    length += 1;
    if (isLast || (length === MOST_TOLD_WORDS && !ARTICLE.test(words[at]?.bare ?? ''))) break;
  }
  return length === 1 && ARTICLE.test(words[at]?.bare ?? '') ? 0 : length;
}

/**
 * The tokens of one channel that name an illness, a treatment or a medicine, by their place.
 * @param texts the words as they are written
 */
export function findMedical(
  tokens: readonly Pick<TimedToken, 'bare'>[],
  texts: readonly string[],
): number[] {
  const words = smooth(tokens);
  const bare = (at: number) => words[at]?.bare ?? '';
  return words.flatMap((word, at) => {
    const before = [bare(at - 4), bare(at - 3), bare(at - 2), bare(at - 1)].join(' ');
    const isHole = HOLE.test(`${bare(at - 1)} ${word.bare}`);
    const known = isHole ? 0 : knownFrom(words, at);
    const part = PARTS.has(word.bare) && OF_A_PART.has(soundOf(bare(at + 1))) ? 2 : 0;
    const told = TOLD.test(before) ? toldFrom(words, at, texts) : 0;
    const length = Math.max(known, part, told);
    const last = words[at + length - 1]?.last ?? -1;
    return length === 0
      ? []
      : Array.from({ length: last - word.first + 1 }, (_, n) => word.first + n);
  });
}
