// Whose words are whose, when several stretches were heard in one go.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shareWords } from '#platform/speech/share-words.ts';

describe('sharing words that were heard together', () => {
  it.each([
    [
      'the same words, written otherwise',
      'Hello, I have a leak. Tomorrow is perfect, thank you.',
      ['Hello I have a leak', "To-morrow's perfect thank you"],
      ['Hello, I have a leak.', 'Tomorrow is perfect, thank you.'],
    ],
    [
      'better words at a border without a mark',
      'We have a double room with a view for two nights',
      ['We have the double room', 'that a new for two nights'],
      ['We have a double room', 'with a view for two nights'],
    ],
    [
      'figures heard as words, and words as figures',
      'My card is 4242 4242. It is one two three. Thanks',
      ['My card is four two four two four two four two', "It's 123.", 'Thanks.'],
      ['My card is 4242 4242.', 'It is one two three.', 'Thanks.'],
    ],
    [
      'a word that neither heard alone, with the sentence that it ends',
      'Is that fine with you? We can book it.',
      ['Is that fine with', 'We can book it.'],
      ['Is that fine with you?', 'We can book it.'],
    ],
    [
      'a word that neither heard alone behind a sentence, with the next',
      'I will take it. Wonderful. See you then.',
      ['I will take it.', 'See you then.'],
      ['I will take it.', 'Wonderful. See you then.'],
    ],
  ])('%s', (_name, together, alone, shared) => {
    expect(shareWords(together, alone)).toEqual(shared);
  });

  it('ends and begins a stretch as it was heard alone', () => {
    const alone = ['Can you see him today?', 'Yes. All of them.', 'Thank you'];
    const together = 'Can you see him to-day yes, all of them in March, thank you.';
    expect(shareWords(together, alone)).toEqual([
      'Can you see him to-day?',
      'Yes, all of them.',
      'In March, thank you.',
    ]);
  });

  it('keeps what was heard alone where the others drowned it', () => {
    const alone = ['Thank you for calling.', 'My number is 1234567.', 'Goodbye then.'];
    const together = 'Thank you for calling. Goodbye then.';
    expect(shareWords(together, alone)).toEqual(alone);
  });

  it('keeps what was heard alone of a single word that is missing', () => {
    expect(shareWords('Two o’clock. Bye.', ['Two o’clock.', 'Yes.', 'Bye.'])).toEqual([
      'Two o’clock.',
      'Yes.',
      'Bye.',
    ]);
  });

  it.each([
    ['My number is 415-555-0198.', ['My number is 415-555.', '0198.']],
    ['At 9:30.', ['At nine.', 'Thirty.']],
    ['My zip is 60614.', ['My zip is 606.', '14.']],
    ["It's 1,200.", ["It's one thousand.", 'Two hundred.']],
    ['4242-4242-4242-4242', ['4242 4242', '4242 4242']],
    ['4242-4242-4242', ['4242', '4242', '4242']],
  ])('keeps what was heard alone of those that %s is of', (together, alone) => {
    expect(shareWords(together, alone)).toEqual(alone);
  });

  it('gives the others their words where two have one together', () => {
    const alone = ['Good morning this is Anne', 'My number is 415', '555 0198', 'thanks a lot by'];
    const together = 'Good morning, this is Ann. My number is 415-555-0198. Thanks a lot, bye.';
    expect(shareWords(together, alone)).toEqual([
      'Good morning, this is Ann.',
      'My number is 415',
      '555 0198',
      'Thanks a lot, bye.',
    ]);
  });

  it('keeps every word, once and in order, where nothing was lost', () => {
    const alone = ['one mississippi', 'two', 'three and four', 'five'];
    const together = 'One, Mississippi. Too three and for, five.';
    expect(shareWords(together, alone).join(' ')).toBe(together);
  });

  it('keeps every figure, once and in order, however they are written as one', () => {
    const spoken = fc.array(fc.nat(9), { minLength: 1, maxLength: 8 });
    const mark = fc.constantFrom('', '-', ':', ',', ' ', '. ');
    const stretches = fc.array(spoken, { minLength: 1, maxLength: 5 });
    const marks = fc.array(mark, { minLength: 40, maxLength: 40 });
    fc.assert(
      fc.property(stretches, marks, (said, between) => {
        const together = said.flat().map((digit, at) => `${digit}${between[at]}`);
        const shared = shareWords(
          together.join(''),
          said.map((digits) => digits.join(' ')),
        );
        expect(shared.join('').replace(/\D/g, '')).toBe(said.flat().join(''));
      }),
      { seed: 20_261_127, numRuns: 300 },
    );
  });
});
