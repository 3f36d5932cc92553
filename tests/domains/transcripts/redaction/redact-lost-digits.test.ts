// Cards and expiry dates as a bad line leaves them: digits lost, joined, or heard as other words.
import { describe, expect, it } from 'vitest';
import { redactTranscript } from '#domains/transcripts/redaction/redact.ts';
import { talk } from './redact-support.ts';

const read = (...lines: string[]) =>
  redactTranscript(talk(...lines)).segments.map(({ text }) => text);
const DIGIT = /\d|\b(?:zero|one|two|three|four|five|six|seven|eight|nine|won|ate|nein|tree)\b/;

describe('of a card that was asked for, no word is left that can only be a digit', () => {
  it.each([
    [['Sure, it is 4 1 for 1, and 5. Nine, heat, 3']],
    [['5454 won', '5454', 'tree']],
    [['four one tree nein for ate two two', 'five five oh oh', 'nine']],
    [['it is 411, one uh twenty two 5th and 5']],
    [['5 and a 5 and then free 8']],
    [['It is for one. Won 2. Fore tree. 6']],
    [['6011 six-beardable 142 double']],
  ])('%j', (turns) => {
    const lines = turns.flatMap((turn) => [`A: ${turn}`, 'B: mhm']);
    expect(read('B: And the card number?', ...lines).join(' ')).not.toMatch(DIGIT);
  });
});

describe('an expiry date', () => {
  it.each([
    ['It is valid through October 202.', 'It is valid through [EXPIRY].'],
    ['It is valid through December 2032 2032.', 'It is valid through [EXPIRY].'],
    ['It expires oh twenty-nine.', 'It expires [EXPIRY].'],
    ['It expires 5 29, I think', 'It expires [EXPIRY], I think'],
    ['It expires oh one one twenty twenty-nine', 'It expires [EXPIRY]'],
  ])('goes where a part of it was lost or doubled: %s', (said, remains) => {
    expect(read(`A: ${said}`)).toEqual([remains]);
  });

  it.each([
    'The coupon expires on March 28, at noon',
    'It expires in 330 days',
    'The offer is valid until the end of 2027',
    'The warranty expired, so it costs 525 dollars',
    'The coupon expired and I live over on twenty-ninth, we were there for the whole week, it is 1520 Oak Street',
  ])('is not: %s', (said) => {
    expect(read(`A: ${said}`)).toEqual([said]);
  });
});
