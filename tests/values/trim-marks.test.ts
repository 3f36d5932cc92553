// The marks around a word go, at the cost of its letters and no more.
import { expect, it } from 'vitest';
import { trimMarks } from '#values/trim-marks.ts';

it.each([
  ['"Hello," ', 'Hello'],
  ['good-bye!', 'good-bye'],
  ['…', ''],
  ['', ''],
  // letters beyond the first plane, and halves of them
  ['(𝒜𝒷!)', '𝒜𝒷'],
  ['😀a😀', 'a'],
  ['\udc00a\ud800', 'a'],
])('of %j is left %j', (written, bare) => {
  expect(trimMarks(written)).toBe(bare);
});

it('what may stand at either end is told apart', () => {
  const isFirst = (letter: string) => /[\d$]/.test(letter);
  const isLast = (letter: string) => /[\d%]/.test(letter);
  expect(['%$5%$', '$5', '%$', '5%.'].map((one) => trimMarks(one, isFirst, isLast))).toEqual([
    '$5%',
    '$5',
    '',
    '5%',
  ]);
});

it.each([`a${'!'.repeat(4_000)}a`, '!'.repeat(4_000), `!a${'!a!'.repeat(1_000)}!`])(
  'each letter is asked about twice at most',
  (written) => {
    let asked = 0;
    const count = (letter: string) => {
      asked += 1;
      return letter === 'a';
    };
    trimMarks(written, count);
    expect(asked).toBeLessThanOrEqual(2 * written.length);
  },
);
