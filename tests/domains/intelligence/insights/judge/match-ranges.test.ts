// What a number takes from the words around it: the scale of a range, and of a bare hour the part of the day just spoken of.
import { describe, expect, it } from 'vitest';
import { hasNumbers } from '#domains/intelligence/insights/judge/match-numbers.ts';

describe('of a range', () => {
  it.each([
    ['$9,000 to $12,000', 'A full tear off is usually nine to twelve thousand.'],
    ['$9k-$12k', 'nine to twelve thousand'],
    ['It costs between $9,000 and $12,000.', 'between nine and twelve thousand dollars'],
    ['from $9,000', 'nine to twelve thousand'],
    ['9 to 12 thousand dollars', 'nine to twelve thousand'],
    ['$200 or $300', 'two or three hundred'],
    ['$900 to $12,000', 'nine hundred to twelve thousand'],
    ['$1,500 to $2,000', 'fifteen hundred to two thousand'],
    ['2 visits for $12,000', 'two visits, and twelve thousand'],
  ])('%s was said: %s', (claim, said) => {
    expect(hasNumbers(claim, said)).toBe(true);
  });

  it.each([
    ['It starts at $9.', 'nine to twelve thousand dollars'],
    ['$9,000 to $12,000', 'We are open from nine to twelve. A thousand thanks.'],
    ['$9,000', 'two at nine, or twelve thousand in all'],
  ])('%s was not: %s', (claim, said) => {
    expect(hasNumbers(claim, said)).toBe(false);
  });
});

describe('of an hour', () => {
  it.each([
    ['9:00 AM', 'Is tomorrow morning good?\nYes, at nine.'],
    ['9 AM', 'Is tomorrow morning good?\nYes.\nThen at nine.'],
    ['9:30 AM', 'Monday morning then. At nine thirty.'],
    ['2 PM', 'I can do Thursday afternoon. At two?'],
    ['6 PM', 'An evening would be better. Then we come at six.'],
  ])('%s was said: %s', (claim, said) => {
    expect(hasNumbers(claim, said)).toBe(true);
  });

  it.each([
    ['9:00 AM', 'We are there at nine.'],
    ['9 AM', 'We open at eight. We come at nine.'],
    ['9:00 PM', 'Is tomorrow morning good?\nYes, at nine.'],
    ['9 AM', 'Good morning. We come at nine.'],
    ['4 AM', 'It broke this morning. Can you come at four?'],
    ['9 AM', 'Morning or afternoon?\nAt nine.'],
    ['3 AM', 'The morning does not work. At three then?'],
    ['2 AM', 'In the morning I am out. Come at two.'],
    ['9 AM', 'Tomorrow morning? I will look. One moment. So. We have it. At nine.'],
  ])('%s was not: %s', (claim, said) => {
    expect(hasNumbers(claim, said)).toBe(false);
  });
});
