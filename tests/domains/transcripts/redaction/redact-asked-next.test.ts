// A secret goes, whatever is asked for right behind it: the answers to two questions are two numbers.
import { describe, expect, it } from 'vitest';
import { redactTranscript } from '#domains/transcripts/redaction/redact.ts';
import { measureRedaction } from '#eval/redaction/measure.ts';
import { variantsOf } from '#eval/redaction/variants.ts';
import { seeded } from '#tests/support/seeded.ts';
import { talk } from './redact-support.ts';

const read = (lines: string) =>
  redactTranscript(talk(...lines.split(' | ')))
    .segments.map(({ text }) => text)
    .join(' | ');
const ASKED_FIRST = 'B: And your phone number? | A: {phone}. | ';
const ASKED_NEXT = [
  'B: And your phone number? | A: {phone}.',
  'B: Thank you. What is the best number to reach you, your cell? | A: {phone}.',
  'B: Perfect. And your mobile number? | A: My mobile is {phone}.',
  'B: And your date of birth? | A: {date}.',
  'B: And the account number? | A: {order}.',
  'B: And the zip code? | A: {zip}.',
  'B: And the address? | A: {address}.',
  'B: Where do you live? | A: {address}.',
  'B: What time? | A: {time}.',
  'B: How much was it? | A: {price}.',
];
/** The secrets that stay, by their place in the set. */
const lostIn = (template: string) =>
  measureRedaction(variantsOf([template], 20, seeded))
    .wrong.filter((line) => /^(?:ssn|expiry)/.test(line))
    .map((line) => line.replace(/ in: .*/, ''));

describe.each(ASKED_NEXT)('then %s', (next) => {
  it.each([
    'B: What is your social security number? | A: {ssn}.',
    'B: Can you confirm your SSN? | A: Sure, {ssn}. | B: Thank you.',
    'A: My social is {ssn}.',
  ])('%s', (secret) => {
    expect(lostIn(`${secret} | ${next}`)).toEqual([]);
    expect(lostIn(`${ASKED_FIRST}${secret} | ${next}`)).toEqual([]);
  });

  it('A: It expires {expiry}.', () => {
    // so damaged that they stay whatever comes next
    const alone = lostIn('A: It expires {expiry}.');
    const lost = lostIn(`A: It expires {expiry}. | ${next}`);
    expect(lost.filter((one) => !alone.includes(one))).toEqual([]);
  });
});

it.each([
  [
    'B: Your social? | A: 678 12 6789. | B: And your phone number? | A: 312 555 0145.',
    'Your social? | [SSN]. | And your phone number? | 312 555 0145.',
  ],
  [
    'B: Your social? | A: Let me look. | A 60s: 678 12 6789. | B: A phone? | A: 312 555 0145.',
    'Your social? | Let me look. | [SSN]. | A phone? | 312 555 0145.',
  ],
  [
    'A: It expires 01/27. | B: And the address? | A: 4120 Oak Street.',
    'It expires [EXPIRY]. | And the address? | 4120 Oak Street.',
  ],
  [
    'A: It expires oh three twenty eight. | B: What time? | A: Nine thirty.',
    'It expires [EXPIRY]. | What time? | Nine thirty.',
  ],
])('%s', (said, left) => {
  expect(read(said)).toBe(left);
});
