// Erlang's B: the sizes of product.md 4.5, and what they promise.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lossOf, numbersFor } from '#domains/visitors/erlang.ts';

/** peak visitors an hour → numbers at a loss of 1 % for a hold of 10, 20, 35, 60 minutes; at 5 % for 20 minutes */
const TABLE = [
  [10, [6, 9, 12, 18], 7],
  [20, [9, 14, 20, 30], 11],
  [30, [11, 18, 27, 42], 15],
  [60, [18, 30, 47, 75], 26],
  [100, [26, 45, 73, 117], 39],
  [200, [45, 82, 135, 221], 72],
  [500, [100, 187, 315, 527], 170],
  [1000, [187, 358, 611, 1029], 330],
] as const;

describe('the recommended size', () => {
  it.each(TABLE)('for %i visitors an hour is as published', (visitors, atOne, atFive) => {
    const sizes = [10, 20, 35, 60].map((minutes) => numbersFor((visitors * minutes) / 60, 0.01));
    expect(sizes).toEqual(atOne);
    expect(numbersFor((visitors * 20) / 60, 0.05)).toBe(atFive);
  });

  it('loses no more than wished, and one number fewer would', () => {
    const loads = fc.double({ min: 0.01, max: 500, noNaN: true });
    const losses = fc.double({ min: 0.001, max: 0.9, noNaN: true });
    fc.assert(
      fc.property(loads, losses, (load, target) => {
        const size = numbersFor(load, target);
        expect(lossOf(load, size)).toBeLessThanOrEqual(target);
        if (size > 1) expect(lossOf(load, size - 1)).toBeGreaterThan(target);
      }),
      { seed: 45, numRuns: 200 },
    );
  });

  it('of a pool that is sized by the mean load alone loses a fifth', () => {
    expect(lossOf(10, 10)).toBeCloseTo(0.215, 3);
  });
});
