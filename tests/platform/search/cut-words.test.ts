// How text is cut into words: what counts as one, what is compared, and offsets that cut out the very word.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutWords } from '#platform/search/cut-words.ts';

const SETTINGS = { seed: 20_261_125, numRuns: 1_000 };
const wordsOf = (text: string) => cutWords(text).map(({ word }) => word);

describe('words', () => {
  it.each([
    ['Thank you, for CALLING!', ['thank', 'you', 'for', 'calling']],
    ['My café in Zürich, Straße 5', ['my', 'cafe', 'in', 'zurich', 'strasse', '5']],
    // decomposed accents, full-width and mathematical letters
    ['cafe\u0301 ＡＢＣ 𝐁𝐨𝐥𝐝', ['cafe', 'abc', 'bold']],
    ["Don’t, I can't: it’s ten o’clock", ['dont', 'i', 'cant', 'it', 'ten', 'oclock']],
    [
      "the customer's and the customers' cars",
      ['the', 'customer', 'and', 'the', 'customers', 'cars'],
    ],
    ['twenty-four e-mails / 24/7', ['twenty', 'four', 'e', 'mails', '24', '7']],
    ['$1,200.50 or 12,34', ['1200', '50', 'or', '12', '34']],
    ['h2o 3pm 24th', ['h2o', '3pm', '24th']],
    ['😀 ok 👍🏽 fine', ['ok', 'fine']],
    ['Øre, Łódź, Þór, ΟΔΌΣ', ['ore', 'lodz', 'thor', 'οδοσ']],
    ['', []],
    [' … !?', []],
  ])('of %j', (text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });

  it('labels are none, and stand between their neighbours', () => {
    expect(wordsOf('at [DIGITS] and [CARD_NUMBER]. [unclear]')).toEqual([
      'at',
      null,
      'and',
      null,
      null,
    ]);
  });

  it('very long ones are compared by their beginning', () => {
    expect(wordsOf('a'.repeat(50))).toEqual(['a'.repeat(40)]);
    expect(wordsOf('𐐨'.repeat(50))).toEqual(['𐐨'.repeat(40)]);
  });
});

describe('for any text', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme' }),
    fc
      .array(fc.constantFrom('Straße', '’s', "'", '\0', '[X]', '1,000', '\ud800', 'é', ' ', '-'))
      .map((parts) => parts.join('')),
  );

  it('words are letters and digits only, never empty, in order, and do not overlap', () => {
    fc.assert(
      fc.property(text, (given) => {
        let behind = 0;
        for (const { word, start, end } of cutWords(given)) {
          if (word !== null) expect(word).toMatch(/^[\p{L}\p{Nd}]{1,}$/u);
          expect(start).toBeGreaterThanOrEqual(behind);
          expect(end).toBeGreaterThan(start);
          behind = end;
        }
        expect(behind).toBeLessThanOrEqual(given.length);
      }),
      SETTINGS,
    );
  });

  it('what the offsets cut out is that word again, and so is the word itself', () => {
    fc.assert(
      fc.property(text, (given) => {
        for (const { word, start, end } of cutWords(given)) {
          expect(wordsOf(given.slice(start, end))).toEqual([word]);
          if (word !== null) expect(wordsOf(word)).toEqual([word]);
        }
      }),
      SETTINGS,
    );
  });
});
