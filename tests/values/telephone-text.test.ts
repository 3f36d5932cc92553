// Every usual way to write a telephone number, and what looks like one and is none.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findNumbers, listNumbers, replacerOf } from '#values/telephone-text.ts';

const LONDON = ['+44', '20', '7946', '0100'].join('');
const LONDON_OURS = ['+44', '20', '7946', '0999'].join('');
const MADRID = ['+34', '912', '345', '678'].join('');
const BERLIN = ['+49', '30', '901820'].join('');
const BERLIN_OURS = ['+49', '30', '90182055'].join('');

const replace = replacerOf([
  { target: '+13125550100', number: '+13125550142', sms: false },
  { target: '+18005550122', number: '+18885550177', sms: false },
  { target: LONDON, number: LONDON_OURS, sms: false },
  { target: MADRID, number: '+12125550133', sms: false },
  { target: BERLIN, number: BERLIN_OURS, sms: false },
]);

describe('is replaced in its own dress', () => {
  it.each([
    ['3125550100', '3125550142'],
    ['312-555-0100', '312-555-0142'],
    ['312.555.0100', '312.555.0142'],
    ['312 555 0100', '312 555 0142'],
    ['312/555-0100', '312/555-0142'],
    ['312-5550100', '312-5550142'],
    ['312 5550100', '312 5550142'],
    ['(312) 555-0100', '(312) 555-0142'],
    ['(312)555-0100', '(312)555-0142'],
    ['(312) 555 0100', '(312) 555 0142'],
    ['(312)-555-0100', '(312)-555-0142'],
    ['(312) 555.0100', '(312) 555.0142'],
    ['( 312 ) 555 - 0100', '( 312 ) 555 - 0142'],
    ['[312] 555-0100', '[312] 555-0142'],
    ['312 - 555 - 0100', '312 - 555 - 0142'],
    ['312 · 555 · 0100', '312 · 555 · 0142'],
    ['312 • 555 • 0100', '312 • 555 • 0142'],
    ['312~555~0100', '312~555~0142'],
    ['312–555–0100', '312–555–0142'],
    ['312—555—0100', '312—555—0142'],
    ['312‑555‑0100', '312‑555‑0142'],
    ['312−555−0100', '312−555−0142'],
    ['312\u00a0555\u00a00100', '312\u00a0555\u00a00142'],
    ['312\u202f555\u202f0100', '312\u202f555\u202f0142'],
    ['312\u2009555\u20090100', '312\u2009555\u20090142'],
    ['312\u00ad555\u00ad0100', '312\u00ad555\u00ad0142'],
    ['\u202a312-555-0100\u202c', '\u202a312-555-0142\u202c'],
    ['312\u200b555\u200b0100', '312\u200b555\u200b0142'],
    ['(312)\n      555-0100', '(312)\n      555-0142'],
    ['3 1 2 5 5 5 0 1 0 0', '3 1 2 5 5 5 0 1 4 2'],
    ['+13125550100', '+13125550142'],
    ['+1 312 555 0100', '+1 312 555 0142'],
    ['+1-312-555-0100', '+1-312-555-0142'],
    ['+1.312.555.0100', '+1.312.555.0142'],
    ['+1 (312) 555-0100', '+1 (312) 555-0142'],
    ['+1(312)555-0100', '+1(312)555-0142'],
    ['(+1) 312-555-0100', '(+1) 312-555-0142'],
    ['1-312-555-0100', '1-312-555-0142'],
    ['1 (312) 555-0100', '1 (312) 555-0142'],
    ['1.312.555.0100', '1.312.555.0142'],
    ['13125550100', '13125550142'],
    ['001 312 555 0100', '001 312 555 0142'],
    ['011 1 312 555 0100', '011 1 312 555 0142'],
    ['1-800-555-0122', '1-888-555-0177'],
    ['312-JKL-0100', '312-555-0142'],
    ['1-800-JKL-01BC', '1-888-555-0177'],
    ['1 800 jkl 01cc', '1 888 555 0177'],
    ['1-800-JKL-01BBED', '1-888-555-0177'],
    ['312-555-0100 x12', '312-555-0142 x12'],
    ['312-555-0100x12', '312-555-0142x12'],
    ['312-555-0100ext. 7', '312-555-0142ext. 7'],
    ['(312) 555-0100, ext. 12', '(312) 555-0142, ext. 12'],
    ['312-555-0100 #4', '312-555-0142 #4'],
    ['Tel:312-555-0100', 'Tel:312-555-0142'],
    ['T.312.555.0100', 'T.312.555.0142'],
    ['Call 312-555-0100.', 'Call 312-555-0142.'],
    ['312-555-0100, 312-555-0100', '312-555-0142, 312-555-0142'],
    ['312-555-0100 312-555-0100', '312-555-0142 312-555-0142'],
    ['312-555-0100/1-800-555-0122', '312-555-0142/1-888-555-0177'],
    ['Suite 200 312-555-0100', 'Suite 200 312-555-0142'],
    ['“312-555-0100”', '“312-555-0142”'],
    ['+44 20 7946 0100', '+44 20 7946 0999'],
    ['+44 (0)20 7946 0100', '+44 (0)20 7946 0999'],
    ['+44 (0) 20 7946 0100', '+44 (0) 20 7946 0999'],
    ['0044 20 7946 0100', '0044 20 7946 0999'],
    ['011 44 20 7946 0100', '011 44 20 7946 0999'],
    ['020 7946 0100', '020 7946 0999'],
    ['(020) 7946 0100', '(020) 7946 0999'],
    ['+49 30 901820', '+49 30 90182055'],
    ['912 345 678', '+12125550133'],
    ['tel:3125550100', 'tel:3125550142'],
    ['tel:+1-312-555-0100;ext=3', 'tel:+1-312-555-0142;ext=3'],
  ])('%j', (written, ours) => {
    expect(replace(`${written}`)).toBe(ours);
    expect(replace(`Call ${written} now`)).toBe(`Call ${ours} now`);
  });
});

describe('is left alone', () => {
  it.each([
    'order 93125550100',
    'order 31255501001',
    'SKU3125550100',
    'SKU_3125550100',
    '3125550100abc',
    '$3125550100',
    'id=3125550100',
    '3125550100@mail.example',
    '312-555-0100-22',
    '44-312-555-0100',
    '312-555-0100.5',
    '+44 312 555 0100',
    '+52 (312) 555-0100',
    '312, 555, 0100',
    '312: 555-0100',
    '555-0100',
    '312-555-0101',
    '312-ABC-0100',
    '1-800-JKL-01BBEDROOM',
    'no number at all',
    '',
  ])('%j', (text) => {
    expect(replace(text)).toBe(text);
  });
});

it('one pass: a number that is another’s target is not read again', () => {
  const ring = replacerOf([
    { target: '+13125550100', number: '+13125550101', sms: false },
    { target: '+13125550101', number: '+13125550100', sms: false },
  ]);
  expect(ring('312-555-0100 or 312-555-0101')).toBe('312-555-0101 or 312-555-0100');
});

it('keeps length and everything that is no digit, whatever stands around', () => {
  const gap = fc.constantFrom('', ' ', '-', '.', ') ', '\u00a0', '–');
  const before = fc.constantFrom('', ' ', 'Call ', '(', '"', '\n');
  const after = fc.constantFrom('', ' ', ' now', ')', '.', '!\n');
  fc.assert(
    fc.property(gap, gap, before, after, (one, two, before, after) => {
      const text = `${before}312${one}555${two}0100${after}`;
      expect(replace(text)).toBe(`${before}312${one}555${two}0142${after}`);
    }),
    { seed: 1 },
  );
});

it('takes time in proportion to the text, not more, however it is made', () => {
  const hostile = `${'3 1 2 5 5 5 0 1 0 '.repeat(20_000)}312${' '.repeat(50_000)}x`;
  expect(replace(hostile)).toHaveLength(hostile.length);
  expect(listNumbers(hostile, '1').length).toBeLessThanOrEqual(50);
});

describe('numbers that a page may show', () => {
  it.each([
    ['Call (312) 555-0100 or 1-800-JKL-0122', '1', ['+13125550100', '+18005550122']],
    ['twice 312.555.0100 and +1 312 555 0100', '1', ['+13125550100']],
    ['Suite 200 312-555-0100', '1', ['+13125550100']],
    ['London +44 (0)20 7946 0100', '1', [LONDON]],
    ['020 7946 0100', '44', [LONDON]],
    ['912 345 678', '34', [MADRID]],
    ['$3125550100, id=3125550100, 3125550100@mail.example', '1', []],
    ['nothing', '1', []],
  ])('%j in country %s', (text, country, numbers) => {
    expect(listNumbers(text, country)).toEqual(numbers);
    const found = [...findNumbers(text, country)];
    expect([...new Set(found.map(({ number }) => number))]).toEqual(numbers);
    for (const { written, at } of found) expect(text.startsWith(written, at)).toBe(true);
  });

  it('are fifty at most', () => {
    const text = Array.from({ length: 99 }, (_, n) => `312-555-01${String(n).padStart(2, '0')}`);
    expect(listNumbers(text.join(' '), '1')).toHaveLength(50);
    expect([...findNumbers(text.join(' '), '1')]).toHaveLength(99);
  });
});
