// The measured promise of redaction: on the calls of eval/redaction/grammar.ts, half of whose wording was frozen before the
// patterns were written, 99 % of cards and social security numbers go, and 95 % of what goes was a secret.
import { describe, expect, it } from 'vitest';
import { DEVELOPMENT, FROZEN } from '#eval/redaction/grammar.ts';
import { measureRedaction, TIMES_EACH } from '#eval/redaction/measure.ts';
import { variantsOf } from '#eval/redaction/variants.ts';
import { seeded } from '#tests/support/seeded.ts';

describe.each([
  ['frozen', FROZEN],
  ['development', DEVELOPMENT],
])('the %s half', (_half, templates) => {
  const variants = variantsOf(templates, TIMES_EACH, seeded);
  const score = measureRedaction(variants);

  it('is large, varied and the same in every run', () => {
    expect(variants.length).toBeGreaterThanOrEqual(200);
    expect(new Set(variants.map(({ segments }) => JSON.stringify(segments))).size).toBe(
      variants.length,
    );
    expect(variantsOf(templates, TIMES_EACH, seeded)).toEqual(variants);
  });

  it('keeps no card and no social security number', () => {
    expect(score.recall, score.wrong.join('\n')).toBeGreaterThanOrEqual(0.99);
  });

  it('hides secrets, and little else', () => {
    expect(score.precision, score.wrong.join('\n')).toBeGreaterThanOrEqual(0.95);
    expect(score.kept, score.wrong.join('\n')).toBeGreaterThanOrEqual(0.93);
  });

  it.each(['cvv', 'expiry'] as const)('finds the rest: %s', (kind) => {
    const { said, right } = score.byKind.get(kind) ?? { said: 0, right: 0 };
    expect(right / said).toBeGreaterThanOrEqual(0.99);
  });
});

it('no template stands in both halves', () => {
  expect(FROZEN.filter((template) => DEVELOPMENT.includes(template))).toEqual([]);
});
