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
  ['Okay.', 'The four digit number is 9174.', 'The four digit number is [CVV].'],
  ['And the three on the back of your card?', 'nine one seven', '[DIGITS]'],
  ['The three on the back?', '917. I am at 1220 Elm.', '[CVV]. I am at 1220 Elm.'],
  [
    'I need the last four to verify.',
    '8812. I am at 1220 Elm Street.',
    '[SSN]. I am at 1220 Elm Street.',
  ],
  // for sure of a card: all goes for a while
  ['The three digits on the back?', '917, I am at 1220.', '[CVV], I am at [CVV].'],
  ['The three digit number on the back?', '917. I am at 1220.', '[CVV]. I am at [CVV].'],
  ['The three digit security code?', '917. I am at 1220.', '[CVV]. I am at [CVV].'],
  ['When does it run out?', 'Oh nine twenty eight.', '[EXPIRY].'],
  ['Good until when?', 'November of twenty seven.', '[EXPIRY].'],
  ['It is valid until?', 'March 2028.', '[EXPIRY].'],
  ['It is valid until?', 'Eleven twenty seven.', '[EXPIRY].'],
  ['Okay.', 'It is valid until 11/27.', 'It is valid until [EXPIRY].'],
  ['Okay.', 'valid until 3/28', 'valid until [EXPIRY]'],
  ['Okay.', 'valid until 3/2028', 'valid until [EXPIRY]'],
  ['Okay.', 'valid until eleven twenty seven', 'valid until [EXPIRY]'],
  ['Okay.', 'valid until ten twenty nine', 'valid until [EXPIRY]'],
  ['Month and year?', '11/27', '[EXPIRY]'],
  ['Month and year?', '3/28', '[EXPIRY]'],
  ['When does it run out?', 'three twenty eight', '[EXPIRY]'],
  ['When does it run out?', '3/2028', '[EXPIRY]'],
  ['Good until when?', 'Eleven twenty seven.', '[EXPIRY].'],
  ['Month and year on it?', 'oh three twenty nine', '[EXPIRY]'],
  ['Month and year on it?', 'September twenty eight.', '[EXPIRY].'],
  ['And the month and year?', 'It is nine twenty eight.', 'It is [EXPIRY].'],
  ['And the month and year?', '9 2028', '[EXPIRY]'],
  ['And your social?', '912 555 0145, it is 450', '[CARD_NUMBER]'],
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
  [
    'What is the four digit code for your gate?',
    'It is 4471. My phone is 415 555 0198, and I am at 1220 Elm Street, apartment 14.',
  ],
  ['Is there a three digit number on the meter?', 'It is 447, and I am at 1220 Elm Street.'],
  ['See the three at the front desk.', 'They are in 450, and I am at 1220 Elm Street.'],
  ['See the four on the back of your truck?', 'It is 4471, and I am at 1220 Elm Street.'],
  ['The code on the front door?', 'It is 4471, and I am at 1220 Elm Street.'],
  ['The last four to verify the phone number?', '0198. I am at 1220 Elm Street.'],
  ['Good until when?', 'Until March 31.'],
  ['Good until when?', 'September twenty eight.'],
  ['In what month and year was it built?', 'March 1982, about nine thirty in all.'],
  ['And you are good until?', 'eleven thirty'],
  ['Can he run out to us?', 'We run out to 1128 Elm, too.'],
  ['So four on the front and three on the back?', 'Yes, so show me what 1200 buys.'],
])('%s – %s stays', (question, answer) => {
  expect(left(question, answer)).toBe(answer);
});
