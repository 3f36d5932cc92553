// Ids: new ones sort by time, stable ones are the same for the same words and for no others.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newId, stableId } from '#platform/ids/index.ts';

describe('ids', () => {
  it('that are new differ, and sort in the order in which they were made', () => {
    const made = Array.from({ length: 1_000 }, newId);
    expect(new Set(made).size).toBe(1_000);
    expect([...made].sort()).toEqual(made);
    expect(made[0]).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });

  it('that are stable are the same for the same words only, wherever a word ends', () => {
    expect(stableId('call', 'dial', 3)).toBe(stableId('call', 'dial', 3));
    expect(stableId('a', 'bc')).not.toBe(stableId('ab', 'c'));
    const words = fc.array(fc.stringMatching(/^[a-z0-9-]{1,6}$/), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(words, words, (one, other) => {
        const same = JSON.stringify(one) === JSON.stringify(other);
        expect(stableId(...one) === stableId(...other)).toBe(same);
      }),
      { numRuns: 200, seed: 7 },
    );
  });
});
