// Numbers that recognition wrote in pieces, and neighbours that only look like pieces.
import { describe, expect, it } from 'vitest';
import { redactTranscript } from '#domains/transcripts/redaction/redact.ts';
import { talk } from './redact-support.ts';

const left = (lines: readonly string[]) =>
  redactTranscript(talk(...lines)).segments.map(({ text }) => text);

describe('pieces of one number', () => {
  it.each([
    [
      'are a card nobody announced, where only short words part them',
      ['A: you may use 4539 in 1488034 at 3646.'],
      ['you may use [CARD_NUMBER] in [CARD_NUMBER] at [CARD_NUMBER].'],
    ],
    [
      'are joined by "double" before several digits',
      ['A: it is 453 double 914 8803 4364'],
      ['it is [CARD_NUMBER]'],
    ],
    [
      'go with the digits that are grown into a word beside them',
      ['A: that is three-bouble 142 4539 1488 0343'],
      ['that is [CARD_NUMBER]'],
    ],
    [
      'are a social security number after it was asked for',
      ['B: And your social?', 'A: Yes 912 R. 45 at 67 38', 'A: thank you'],
      ['And your social?', 'Yes [SSN]', 'thank you'],
    ],
    [
      'are one although the other side nods between them',
      ['B: And your social?', 'A: 912', 'B: Okay.', 'A: 45', 'B: Got it.', 'A: 6738'],
      ['And your social?', '[SSN]', 'Okay.', '[SSN]', 'Got it.', '[SSN]'],
    ],
    [
      'are one where the question for it was heard with an s too many',
      ['B: your socials a cure at e please', 'A: 912 at 456 738'],
      ['your socials a cure at e please', '[SSN]'],
    ],
    [
      'are named by an expiry that was heard with a hyphen',
      ['A: the e-xp is 0927'],
      ['the e-xp is [EXPIRY]'],
    ],
  ])('%s', (_what, said, remains) => {
    expect(left(said)).toEqual(remains);
  });
});

describe('what is no piece', () => {
  it.each([
    [['A: call 5550198 or 5550199 or 5550142']],
    [['A: it is 4155550198 or 4155550142']],
    [['A: we are at 4115 Oak Street in 94110, order 48213']],
    [['A: find us on our socials, order 48213']],
    [['A: a double 4 by 4 and a six-pack']],
  ])('%j stays', (said) => {
    expect(left(said)).toEqual(said.map((line) => line.slice(3)));
  });

  it('is the house number behind a social security number, nor one told in a sentence of its own', () => {
    expect(left(['A: my social is 912 at 456738', 'A: I live at 12 Oak Street'])).toEqual([
      'my social is [SSN]',
      'I live at 12 Oak Street',
    ]);
  });
});
