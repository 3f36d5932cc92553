// The keys of words that stand side by side: shared by a phrase and the lines that hold it, and by nobody else.
import { describe, expect, it } from 'vitest';
import { pairKeys } from '#platform/search/pairs.ts';

const keys = (mark: string, text: string) => [
  ...pairKeys(
    mark,
    text.split(' ').map((word) => (word === '-' ? null : word)),
  ),
];

describe('the keys of pairs', () => {
  it('of a phrase are among those of every line that holds it', () => {
    const line = new Set(keys('a1b2c3', 'cmy cgarage cdoor cis cstuck'));
    expect(line.size).toBe(4);
    for (const key of keys('a1b2c3', 'cgarage cdoor cis')) expect(line).toContain(key);
    for (const key of keys('a1b2c3', 'cdoor cgarage')) expect(line).not.toContain(key);
  });

  it('do not reach across a label', () => {
    expect(keys('a1b2c3', 'ccard - cthanks cbye')).toEqual(keys('a1b2c3', 'cthanks cbye'));
  });

  it('are none for a single word, and each is told once', () => {
    expect(keys('a1b2c3', 'cdoor')).toEqual([]);
    expect(keys('a1b2c3', 'cyes cyes cyes')).toHaveLength(1);
  });

  it('are other ones for another account, and 32-bit integers', () => {
    const [one] = keys('a1b2c3', 'cgarage cdoor');
    const [two] = keys('d4e5f6', 'cgarage cdoor');
    expect(one).not.toBe(two);
    for (const key of [one, two]) expect(key).toBe(Number(key) | 0);
  });
});
