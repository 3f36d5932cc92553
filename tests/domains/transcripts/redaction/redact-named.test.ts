// What is told with the name of another number stays, and a card behind such a word goes, also where hearing dropped a part of it.
import { expect, it } from 'vitest';
import { redactTranscript } from '#domains/transcripts/redaction/redact.ts';
import { talk } from './redact-support.ts';

const left = (...lines: string[]) =>
  redactTranscript(talk(...lines))
    .segments.map(({ text }) => text)
    .join(' | ');

it.each([
  ['A: I want to pay my invoice. 4532 7112 8890 123'],
  ['A: Okay, this is for the reservation. 5105 1051 0510 510'],
  ['A: use it for this booking 4532 7112 8890 123'],
  ['A: For the invoice it is 4532 7112 8890 123'],
  ['A: My order number, no, 4532 7112 8890 123'],
  ['A: I know the order number. 4532 7112 8890 123'],
  ['A: The order number is 12.', 'A: 4532 7112 8890 123'],
  ['A: The order number is', 'A: 4532 7112 8890 123'],
  ['A: The order number is 12, and it is 4532 7112 8890 123'],
  ['A: The order number is 12 uh', 'A: 4532 7112 8890 123'],
])('%s %s', (...said) => {
  expect(left(...said.filter(Boolean))).toMatch(/^\D*(?:\b12\D*)?\[CARD_NUMBER\]$/);
});

it.each([
  'A: The order number is 9913 0021 7743 11.',
  'A: The order ID is 9913 0021 7743 11.',
  'A: My confirmation code was 9913 0021 7743.',
  'A: It is tracking 9400 1118 9956 1234.',
  'A: The VIN is 1HGCM82633A004352, and I am at 1220 Elm.',
  'A: It is R-410A, unit B12.',
  'A: We are at 4412 Oak, 60609-1234.',
  'A: I am in unit 1204, box 4471, and the parking spot is 2210.',
])('%s stays', (said) => {
  expect(left(said)).toBe(said.slice(3));
});

it.each([
  '4532711D 8890 1234',
  '453271D 12889 01234',
  '4532 7112D 8890 1234',
  '4532 7112 8890 123D',
  '4532D711 8890 1234',
  'A4532 7112 8890 123',
  '45327-1128 8901-2345',
  '45327-1128, and 8901-234',
  '45327-1128, 8901 234',
])('a letter or a dash that was heard in a card frees no piece of it: %s', (said) => {
  expect(left(`A: it is ${said}`)).toMatch(/^it is \[CARD_NUMBER\]$/);
});

it('what sounds like the question for a code in the midst of a card parts it not', () => {
  expect(left('A: it is 4532 711 three digits number 8890 12')).toBe('it is [CARD_NUMBER]');
});
