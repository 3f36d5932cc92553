// What may be told of words while a call goes on: no number at all, in whatever pieces and order it comes.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LivePiece, redactLive } from '#domains/transcripts/redaction/redact-live.ts';

const piece = (text: string, seconds: number, speaker: LivePiece['speaker'] = 'CALLER') => ({
  ...{ speaker, text, startMs: seconds * 1_000, endMs: seconds * 1_000 + 900 },
});
/** Redacted one by one, each with what was let through before. */
const inTurn = (pieces: readonly LivePiece[], classes: Parameters<typeof redactLive>[2] = []) => {
  const told: LivePiece[] = [];
  for (const one of pieces) told.push(...redactLive(told, [one], classes));
  return told.map(({ text }) => text);
};

describe('a number', () => {
  it('that is told over two pieces shows in neither', () => {
    expect(
      inTurn([
        piece('What is your card number?', 0, 'AGENT'),
        piece('It is four two four two, four two', 2),
        piece('four two, 4242 4242', 5),
        piece('and the code is one two three. Thank you so much for that.', 9),
      ]),
    ).toEqual([
      'What is your card number?',
      'It is [DIGITS]',
      '[DIGITS]',
      expect.stringMatching(/^and the code is \[(CVV|DIGITS)\]\. Thank you so much for that\.$/),
    ]);
  });

  it('shows nowhere, in whatever pieces and order it comes', () => {
    const digits = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
    const spoken = fc.oneof(
      fc.integer({ min: 0, max: 9 }).map((digit) => digits[digit] ?? ''),
      fc.integer({ min: 10, max: 9_999 }).map(String),
    );
    const part = fc.record({
      words: fc.array(fc.oneof(spoken, fc.constantFrom('my', 'card', 'is', 'uh', 'okay', 'the')), {
        ...{ minLength: 1, maxLength: 8 },
      }),
      at: fc.integer({ min: 0, max: 60 }),
      speaker: fc.constantFrom('CALLER', 'AGENT', 'UNKNOWN'),
    });
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 6 }), (parts) => {
        const told = inTurn(
          parts.map(({ words, at, speaker }) => piece(words.join(' '), at, speaker)),
        );
        expect(told.join(' ')).not.toMatch(new RegExp(`\\d|\\b(${digits.join('|')})\\b`));
      }),
    );
  });

  it('takes along a digit beside it that was misheard', () => {
    expect(inTurn([piece('my card is four two four', 0), piece('to four two', 2)])).toEqual([
      'my card is [DIGITS]',
      '[DIGITS]',
    ]);
  });

  it('takes along a piece of its speaker that may be misheard digits alone', () => {
    const card = [piece('four two four two', 0), piece('for oh to', 3)];
    expect(inTurn([...card, piece('two four', 6)])).toEqual(Array(3).fill('[DIGITS]'));
    expect(redactLive([], [card[1], card[0]].filter(Boolean) as LivePiece[], [])).toEqual([
      ...[
        expect.objectContaining({ text: '[DIGITS]' }),
        expect.objectContaining({ text: '[DIGITS]' }),
      ],
    ]);
    // not what somebody else says, nor much later, nor beside what is no number
    expect(inTurn([piece('four two', 0), piece('Oh for free', 3, 'AGENT')])[1]).toBe('Oh for free');
    expect(inTurn([piece('four two', 0), piece('Oh for free', 13)])[1]).toBe('Oh for free');
    expect(inTurn([piece('[MUSIC]', 0), piece('Oh for free', 3)])[1]).toBe('Oh for free');
  });

  it('that tells of an order, or is a large one, is hidden too', () => {
    expect(
      inTurn([
        piece('On the twenty-third, please, or the thirtieth.', 0),
        piece('twenty third of May, the 4th', 20),
        piece('a hundred of them. First I wait a second.', 40),
      ]),
    ).toEqual([
      'On the [DIGITS], please, or the [DIGITS].',
      '[DIGITS] of May, the [DIGITS]',
      'a [DIGITS] of them. First I wait a second.',
    ]);
  });

  it('is no brackets that the carrier wrote', () => {
    expect(inTurn([piece('for [MUSIC] to', 0)])).toEqual(['for [MUSIC] to']);
  });
});

it('what is no number stays as it was said', () => {
  expect(inTurn([piece('The spring is broken, I think.', 0), piece('Go on, please.', 3)])).toEqual([
    'The spring is broken, I think.',
    'Go on, please.',
  ]);
});

it('a name is taken out where the company wants it', () => {
  expect(inTurn([piece('Hi, my name is Anna Hill.', 0)], ['PERSONAL'])).toEqual([
    'Hi, my name is [NAME].',
  ]);
});
