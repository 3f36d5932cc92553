// Codes, expiry dates and social security numbers that are asked for in plain words, and what such words say of other things.
import { expect, it } from 'vitest';
import { redactTranscript } from '#domains/transcripts/redaction/redact.ts';
import { talk } from './redact-support.ts';

const left = (question: string, answer: string) =>
  redactTranscript(talk(`B: ${question}`, `A: ${answer}`)).segments[1]?.text;

it.each([
  ['And the three on the back?', 'Nine one seven.', '[CVV].'],
  [
    'What are the three little numbers? The three numbers on the back.',
    'It is 917.',
    'It is [CVV].',
  ],
  ['What is the little three digit number by the signature?', 'eight oh two', '[CVV]'],
  ['And the three-digit number?', 'eight zero two', '[CVV]'],
  ['And the CID on the front?', 'one two three four', '[CVV]'],
  ['And the four digits on the front?', 'one two three four', '[CVV]'],
  ['When does it run out?', 'Oh nine twenty eight.', '[EXPIRY].'],
  ['Good until when?', 'November of twenty seven.', '[EXPIRY].'],
  ['It is valid until?', 'March 2028.', '[EXPIRY].'],
  ['Month and year on it?', 'oh three twenty nine', '[EXPIRY]'],
  ['Month and year on it?', 'September twenty eight.', '[EXPIRY].'],
  ['And the month and year?', 'It is nine twenty eight.', 'It is [EXPIRY].'],
  ['And the month and year?', '9 2028', '[EXPIRY]'],
  ['The last four of your sosh?', 'eight eight one two', '[SSN]'],
  ['Can you verify your identity with the last four?', 'eight eight one two', '[SSN]'],
])('%s – %s goes', (question, answer, remains) => {
  expect(left(question, answer)).toBe(remains);
});

it.each([
  ['Are you good until noon?', 'We are good until eleven thirty.'],
  ['When does the warranty run out?', 'On November 27.'],
  ['When do you run out of stock?', 'At ten forty five, most days.'],
  ['There are windows, three on the back of the house.', 'Yes, and 4471 is the gate.'],
  ['Good until when?', 'Until March 31.'],
  ['Good until when?', 'September twenty eight.'],
  ['In what month and year was it built?', 'March 1982, about nine thirty in all.'],
  ['So four on the front and three on the back?', 'Yes, so show me what 1200 buys.'],
])('%s – %s stays', (question, answer) => {
  expect(left(question, answer)).toBe(answer);
});
