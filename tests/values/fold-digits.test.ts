// Figures of other scripts.
import { expect, it } from 'vitest';
import { foldDigits } from '#values/fold-digits.ts';

it.each([
  ['٤١١١ ١١١١', '4111 1111'],
  ['۴۲', '42'],
  ['९८७', '987'],
  ['４１１', '411'],
  ['𝟜𝟙 𝟿', '41 9'],
  ['room 12, ½ and ②', 'room 12, ½ and ②'],
  ['', ''],
])('%s is %s', (text, folded) => {
  expect(foldDigits(text)).toBe(folded);
});

it('is a figure of each script at its place', () => {
  for (const zero of [0x30, 0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0xff10, 0x1d7ce, 0x1d7f6]) {
    const all = Array.from({ length: 10 }, (_, n) => String.fromCodePoint(zero + n)).join('');
    expect(foldDigits(all)).toBe('0123456789');
  }
});
