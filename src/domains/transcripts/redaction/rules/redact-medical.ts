// The class MEDICAL: words of a committed vocabulary. What is not in it stays, and whose illness it is is not asked.

import { CONDITIONS, MEDICINES } from './redact-medical-words.ts';
import type { TimedToken } from './redact-runs.ts';

const byFirst = Map.groupBy(
  [...CONDITIONS, ...MEDICINES].map((phrase) => phrase.split(' ')),
  ([first]) => first ?? '',
);

// "Alzheimer's", "diabetes'"
const plain = (bare: string) => bare.replace(/['’]/g, '');

/** The tokens of one channel that name an illness, a treatment or a medicine, by their place. */
export function findMedical(tokens: readonly Pick<TimedToken, 'bare'>[]): number[] {
  const words = tokens.map(({ bare }) => plain(bare));
  return words.flatMap((word, at) => {
    const known = byFirst.get(word) ?? byFirst.get(word.replace(/s$/, '')) ?? [];
    const lengths = known
      .filter((phrase) => phrase.slice(1).every((one, n) => words[at + 1 + n] === one))
      .map((phrase) => phrase.length);
    const length = Math.max(0, ...lengths);
    return Array.from({ length }, (_, n) => at + n);
  });
}
