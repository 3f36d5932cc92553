// Codes and expiry dates that are said alone, with no card in the talk: what is somebody's secret goes, a code that a business
// needs to get in, or to find something, stays.
import { describe, expect, it } from 'vitest';
import { redactTranscript } from '#domains/transcripts/redaction/redact.ts';
import { talk } from './redact-support.ts';

const read = (lines: readonly string[]) =>
  redactTranscript(talk(...lines)).segments.map(({ text }) => text);

describe('alone', () => {
  it.each([
    ['B: What is the security code?', 'A: four seven one.', '[CVV].'],
    ['B: And the verification code?', 'A: It is four seven one two.', 'It is [CVV].'],
    ['B: Please read me the code we sent you.', 'A: 47 12 88.', '[DIGITS].'],
    [
      'B: Is there a one-time password?',
      'A: Yes, four seven one two eight eight.',
      'Yes, [DIGITS].',
    ],
    ['B: Your pin please.', 'A: four seven one two.', '[CVV].'],
    ['B: Okay.', 'A: My PIN is 4712.', 'My PIN is [CVV].'],
    ['B: Okay.', 'A: The pin code is four seven one two.', 'The pin code is [CVV].'],
    ['B: And the passcode?', 'A: oh four seven one two two.', '[DIGITS].'],
    ['B: When does it expire?', 'A: oh four twenty nine.', '[EXPIRY].'],
    ['B: The expiration?', 'A: 04/29.', '[EXPIRY].'],
    [
      'B: Is it still valid?',
      'A: It is valid through April 2029.',
      'It is valid through [EXPIRY].',
    ],
  ])('%s %s', (question, answer, remains) => {
    expect(read([question, answer])[1]).toBe(remains);
  });

  it.each([
    'A: the gate code is 4712',
    'A: my zip code is 94110',
    'A: use the code spring at the till, it is 20 percent off',
    'A: the hinge pin is 12 inches',
    'A: the warranty expires in 2 years',
  ])('stays: %s', (said) => {
    expect(read([said])).toEqual([said.slice(3)]);
  });
});
