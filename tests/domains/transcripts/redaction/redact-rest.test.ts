// What recognition left of a number behind a few words that it made of the digits between.
import { expect, it } from 'vitest';
import { redactTranscript } from '#domains/transcripts/redaction/redact.ts';
import { talk } from './redact-support.ts';

const read = (...lines: string[]) =>
  redactTranscript(talk(...lines)).segments.map(({ text }) => text);

it.each([
  ['994-41-70, there are two, nine.', '[SSN], there are [SSN].'],
  ['nine, nine, four, for one, seven, there are two, nine.', '[SSN], there are [SSN].'],
  ['994-41-702. I have two kids.', '[SSN]. I have two kids.'],
  ['994-41-7029, there are two of us.', '[SSN], there are two of us.'],
])('of a social security number: %s', (said, left) => {
  expect(read('B: And your social security number?', `A: Sure, ${said}`)[1]).toBe(`Sure, ${left}`);
});

it.each([
  ['5189 9756 9552 of the early 8th of June', '[CARD_NUMBER] of the early [CARD_NUMBER] of June'],
  ['5189 9756 9552. We come on the 8th of June', '[CARD_NUMBER]. We come on the 8th of June'],
  ['5189 9756 9552 0861 and we met on the 8th', '[CARD_NUMBER] and we met on the 8th'],
])('of a card, as a day: %s', (said, left) => {
  expect(read(`A: My debit card number is ${said}.`)[0]).toBe(`My debit card number is ${left}.`);
});
