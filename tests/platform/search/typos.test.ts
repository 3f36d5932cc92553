// How many typos are allowed, how far words are apart, and that words within reach always share a key.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allowedTypos, mayHaveTypos, typoKeys, typosBetween } from '#platform/search/typos.ts';

const SETTINGS = { seed: 20_261_125, numRuns: 5_000 };

describe('the distance of words', () => {
  it.each([
    ['plumber', 'plumber', 0],
    ['plumer', 'plumber', 1],
    ['plummber', 'plumber', 1],
    ['plunber', 'plumber', 1],
    ['plubmer', 'plumber', 1],
    ['lpumber', 'plumber', 1],
    ['plmuebr', 'plumber', 2],
    ['refridgerator', 'refrigerator', 1],
    ['café', 'cafe', 1],
    ['😀a', 'a', 1],
    ['plumber', 'roofer', 3],
    ['', 'ab', 2],
  ])('%s to %s is %i, counted up to 3', (a, b, distance) => {
    expect(typosBetween(a, b, 2)).toBe(distance);
    expect(typosBetween(b, a, 2)).toBe(distance);
  });
});

describe('allowed are', () => {
  it.each([
    ['leak', 'leaks', 0],
    ['leaks', 'leak', 1],
    ['plumbing', 'plumbings', 1],
    ['appliance', 'appliances', 2],
    ['appliance', 'applianc', 1],
    ['10155', '10156', 0],
    ['h2opump', 'h3opump', 0],
  ])('for %s heard as %s: %i', (typed, heard, allowed) => {
    expect(allowedTypos(typed, heard)).toBe(allowed);
  });
  it('none in words of four letters', () => {
    expect(mayHaveTypos('leak')).toBe(false);
    expect(mayHaveTypos('leaks')).toBe(true);
  });
});

describe('keys', () => {
  const letter = fc.constantFrom(...'abcdé');
  const edit = fc.record({ kind: fc.nat(3), at: fc.nat(20), letter });

  it('are shared by words that are no further apart than allowed', () => {
    let near = 0;
    fc.assert(
      fc.property(
        fc.array(letter, { minLength: 4, maxLength: 13 }),
        fc.array(edit, { minLength: 1, maxLength: 2 }),
        (letters, edits) => {
          const changed = [...letters];
          for (const { kind, at, letter: other } of edits) {
            const place = at % changed.length;
            if (kind === 0) changed.splice(place, 1);
            else if (kind === 1) changed.splice(place, 0, other);
            else if (kind === 2) changed[place] = other;
            else changed.splice(place, 2, ...changed.slice(place, place + 2).reverse());
          }
          const [typed, heard] = [letters.join(''), changed.join('')];
          if (typosBetween(typed, heard, 2) > allowedTypos(typed, heard)) return;
          near += 1;
          const keys = new Set(typoKeys('account', heard));
          expect(typoKeys('account', typed).some((key) => keys.has(key))).toBe(true);
        },
      ),
      SETTINGS,
    );
    expect(near).toBeGreaterThan(2_000);
  });

  it('are other ones for another account, and 32-bit integers', () => {
    const [one, two] = [typoKeys('one', 'plumber'), typoKeys('two', 'plumber')];
    expect(one.length).toBe(6);
    expect(one.filter((key) => two.includes(key))).toEqual([]);
    for (const key of [...one, ...two]) expect(key).toBe(key | 0);
  });

  it('are none for short words and numbers', () => {
    expect([typoKeys('one', 'the'), typoKeys('one', '4155550134')]).toEqual([[], []]);
  });
});
