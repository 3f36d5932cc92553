// The measured recall and precision of the classes beside SECURE, on the calls of eval/redaction/classes: floors below what was
// reached, so that a change of a rule that loses much is seen.
import { describe, expect, it } from 'vitest';
import { measureClasses } from '#eval/redaction/classes/measure-classes.ts';
import { DEVELOPMENT_CLASSES, FROZEN_CLASSES } from '#eval/redaction/classes/templates.ts';
import { DEVELOPMENT_TRAITS, FROZEN_TRAITS } from '#eval/redaction/classes/traits.ts';
import { DEVELOPMENT_WORDS, FROZEN_WORDS } from '#eval/redaction/classes/words.ts';
import { seeded } from '#tests/support/seeded.ts';

const FLOORS: Record<string, { recall: number; precision: number; kept: number }> = {
  PERSONAL: { recall: 0.85, precision: 0.95, kept: 0.95 },
  MEDICAL: { recall: 0.8, precision: 0.88, kept: 0.97 },
  // "the one on the left" is hidden too: of this class nothing is to be missed
  ALL_DIGITS: { recall: 0.95, precision: 0.75, kept: 1 },
  'PERSONAL (age, religion, party)': { recall: 0.84, precision: 0.98, kept: 0.98 },
};
const scores = measureClasses(seeded);

describe.each(scores)('$name, $half half', ({ name, calls, score }) => {
  it('is large', () => expect(calls).toBeGreaterThanOrEqual(200));

  it('finds what is to go', () => {
    const { recall = 1 } = FLOORS[name] ?? {};
    expect(score.recall, score.wrong.join('\n')).toBeGreaterThanOrEqual(recall);
  });

  it('hides little else', () => {
    const { precision = 1, kept = 1 } = FLOORS[name] ?? {};
    expect(score.precision, score.wrong.join('\n')).toBeGreaterThanOrEqual(precision);
    expect(score.kept, score.wrong.join('\n')).toBeGreaterThanOrEqual(kept);
  });
});

it('measures the same in every run, and no template and no sick word twice', () => {
  expect(measureClasses(seeded)).toEqual(scores);
  for (const wanted of ['PERSONAL', 'MEDICAL', 'ALL_DIGITS'] as const) {
    const other = DEVELOPMENT_CLASSES[wanted];
    expect(FROZEN_CLASSES[wanted].filter((one) => other.includes(one))).toEqual([]);
  }
  expect(FROZEN_TRAITS.filter((one) => DEVELOPMENT_TRAITS.includes(one))).toEqual([]);
  for (const kind of ['illness', 'medicine', 'treatment', 'last', 'streets'] as const) {
    const other = DEVELOPMENT_WORDS[kind];
    expect(FROZEN_WORDS[kind].filter((one) => other.includes(one))).toEqual([]);
  }
});
