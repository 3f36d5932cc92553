// Keys as texts: their shape, their checksum, and that a slip of the hand is noticed without a query.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashKey, isWellFormedKey, makeKey, shownPart } from '#domains/accounts/key-format.ts';

describe('an API key', () => {
  it('carries the mode of its account and fits its own checksum', () => {
    expect(makeKey('LIVE')).toMatch(/^sb_live_[0-9A-Za-z]{36}$/);
    expect(makeKey('TEST')).toMatch(/^sb_test_[0-9A-Za-z]{36}$/);
    for (let n = 0; n < 200; n++) expect(isWellFormedKey(makeKey('TEST'))).toBe(true);
  });

  it('is never made twice', () => {
    const keys = Array.from({ length: 2_000 }, () => makeKey('TEST'));
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('keeps its checksum for ever: keys in customers’ hands stay good', () => {
    expect(isWellFormedKey(`sb_test_${'A'.repeat(30)}2n2aHM`)).toBe(true);
  });

  it('is refused after any single wrong, missing or added character', () => {
    const key = makeKey('TEST');
    fc.assert(
      fc.property(fc.nat(key.length - 1), fc.constantFrom(...'0aZ_ é'), (place, character) => {
        fc.pre(key[place] !== character);
        const head = key.slice(0, place);
        expect(isWellFormedKey(head + character + key.slice(place + 1))).toBe(false);
        expect(isWellFormedKey(head + key.slice(place + 1))).toBe(false);
        expect(isWellFormedKey(head + character + key.slice(place))).toBe(false);
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  it('is refused when its mode is exchanged', () => {
    expect(isWellFormedKey(makeKey('TEST').replace('test', 'live'))).toBe(false);
  });

  it('is kept as SHA-256 and shown by its beginning only', () => {
    expect(hashKey('abc').toString('hex')).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
    expect(shownPart('sb_test_AbC1xyz')).toBe('sb_test_AbC1');
  });
});
