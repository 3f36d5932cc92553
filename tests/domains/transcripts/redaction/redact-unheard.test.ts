// What nobody could write down while a secret was asked for: the sound of it goes, and of nothing else that is unclear.
import { describe, expect, it } from 'vitest';
import { redactTranscript } from '#domains/transcripts/redaction/redact.ts';
import { stretchesToMute } from '#domains/transcripts/redaction/redact-audio.ts';
import { findUnheard } from '#domains/transcripts/redaction/rules/redact-unheard.ts';
import { talk } from './redact-support.ts';

const CARD = '4539 1488 0343 6467';

/** The segments that are found in these lines, by their numbers; a line that ends in " ?!" is one that the engine doubts. */
const unheardIn = (...lines: string[]) => {
  const segments = talk(...lines.map((line) => line.replace(/ \?!$/, ''))).map((one, n) => ({
    ...{ ...one, n },
    uncertain: lines[n]?.endsWith('?!') ?? false,
  }));
  const found = new Set<object>(findUnheard(segments));
  return segments.filter((one) => found.has(one)).map(({ n }) => n);
};

describe('an unclear answer to a question', () => {
  it.each([
    ['for a card', ['B: Your card number?', 'A: [unclear]'], [1]],
    ['for a card, misheard', ['B: Your card number?', 'A: for tea sick sand eight ?!'], [1]],
    [
      'for a card, once cards were spoken of in general',
      ['A: Do you take Visa?', 'B: We do, go ahead.', 'A: [unclear]'],
      [2],
    ],
    [
      'for a card, in pieces',
      ['B: Your card number?', 'A: [unclear]', 'A: 4539', 'A: [unclear]'],
      [1, 3],
    ],
    ['for a code', ['B: And the security code on the back?', 'A: uh', 'A: [unclear]'], [2]],
    ['for a social', ['B: And your social security number?', 'A: [unclear]'], [1]],
    [
      'that began while it was asked',
      ['A: let me see here it is ?!', 'B 1s: card number please'],
      [0],
    ],
    ['where one channel holds both', ['A: Your card number?', 'A: okay', 'A: [unclear]'], [2]],
  ])('%s is muted', (_what, lines, found) => {
    expect(unheardIn(...lines)).toEqual(found);
  });

  it.each([
    ['that asked for nothing', ['B: And your name?', 'A: [unclear]']],
    ['for the code of a gate', ['B: What is the gate code?', 'A: [unclear]']],
    [
      'for a code of four digits',
      ['B: What is the four digit code for your gate?', 'A: [unclear]'],
    ],
    ['for what may be anything', ['B: See the three at the front?', 'A: [unclear]']],
    ['that came before it', ['A: [unclear]', 'B 9s: Your card number?', 'A: sure']],
    ['after the number has come', ['B: Your card number?', `A: ${CARD}`, 'A: [unclear]']],
    [
      'after one that was hidden before',
      ['B: Your card number?', 'A: [CARD_NUMBER]', 'A: [unclear]'],
    ],
    ['after the code has come', ['B: The CVV?', 'A: three one seven', 'A: [unclear]']],
    ['when its time is over', ['B: Your card number?', 'A 46s: [unclear]']],
    ['of who asked', ['B: Your card number?', 'A: one moment', 'B: okay', 'B: [unclear]']],
  ])('%s is heard', (_what, lines) => {
    expect(unheardIn(...lines)).toEqual([]);
  });

  it('goes on being waited for while a part of it is missing', () => {
    const lines = [
      'B: Your card number?',
      'A: 4539 1488',
      'A: [unclear]',
      'B: mhm',
      'A: [unclear]',
    ];
    expect(unheardIn(...lines)).toEqual([2, 4]);
  });

  it('is none where it is as long as no engine writes at once: its times are what is missing', () => {
    const words = Array(60).fill('word').join(' ');
    expect(unheardIn('B: Your card number?', `A: ${words} ?!`)).toEqual([]);
  });
});

describe('who speaks of their card themselves', () => {
  it.each([
    [
      ['A: my card number is', 'A: [unclear]', 'A: [unclear]', 'A: got it?', 'A: [unclear]'],
      [1, 2],
    ],
    [['A: Can I pay by card?', 'B: Sure, go ahead.', 'A: [unclear]'], [2]],
    [['A: my card is for tea five ?!', 'B: thank you'], [0]],
    [['A: my card is here', 'A: I think', 'A: [unclear]', 'B: hi'], []],
  ])('is not heard where that is unclear: %j', (lines, found) => {
    expect(unheardIn('B: Hello there.', ...lines)).toEqual(found.map((n) => n + 1));
  });
});

it('all of it is muted, beside what was hidden, whatever word times there are', () => {
  const segments = talk('B: Your card number?', 'A 10s: [unclear] [unclear]', `A 20s: ${CARD}`);
  const { redactions } = redactTranscript(segments);
  expect(stretchesToMute(segments, redactions, 'native')).toEqual([
    { startMs: 9_700, endMs: 11_100 },
    { startMs: 19_500, endMs: 22_100 },
  ]);
  // it stays so once the words are redacted
  const { segments: redacted } = redactTranscript(segments);
  expect(findUnheard(redacted)).toEqual([redacted[1]]);
});
