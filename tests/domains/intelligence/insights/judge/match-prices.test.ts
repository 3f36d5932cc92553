// Two numbers that are said as one are a price where money is told beside them, and else an hour, an address, a year or a code.
import { describe, expect, it } from 'vitest';
import { hasNumbers } from '#domains/intelligence/insights/judge/match-numbers.ts';

describe('a price that was said', () => {
  it.each([
    ['$195', 'It is one ninety five.'],
    ['$195', 'That would be about one ninety five, and we come on Monday.'],
    ['$195', 'With the museum glass it comes to one ninety five.'],
    ['$150', 'Then it comes to one fifty.'],
    ['$150', 'The deposit? One fifty.'],
    ['$175', 'I can do one seventy five.'],
    ['$280', 'Two eighty, delivered.'],
    ['$125', 'It is one twenty five without insurance.'],
    ['$150', 'The deposit is one fifty.'],
    ['$150', 'We charge one fifty for that.'],
    ['$150', 'The price for the visit would be one fifty.'],
    ['$250', 'We sell it for two fifty.'],
    ['$1,250', 'It costs twelve fifty.'],
    ['$1,250', 'That is twelve fifty plus tax.'],
    ['$250', 'It costs one fifty or two fifty a month.'],
    ['$195', 'The visit is one ninety five.'],
    ['$150', 'How much is the visit?\nOne fifty.'],
    ['$150', 'How much is the visit?\nFor Monday it is one fifty.'],
    ['$930', 'It is nine thirty dollars.'],
    ['$1,998', 'It is nineteen ninety eight dollars.'],
    ['$315', 'The visit is three fifteen per hour.'],
  ])('%s: %j', (price, said) => {
    expect(hasNumbers(`The visit costs ${price}.`, said)).toBe(true);
  });
});

describe('no price', () => {
  it.each([
    ['$230', 'We can do two thirty or three fifteen.'],
    ['$315', 'For the visit we can do two thirty or three fifteen.'],
    ['$845', 'Is eight forty five okay for the visit?'],
    ['$930', 'The appointment is nine thirty.'],
    ['$930', 'The fee is ninety dollars, and the appointment is nine thirty.'],
    ['$930', 'The fee is waived if you take nine thirty.'],
    ['$230', 'How much is the visit and is two thirty okay?'],
    ['$411', 'Call four eleven.'],
    ['$411', 'Our office is at four eleven Elm Street.'],
    ['$212', 'I live in unit two twelve.'],
    ['$212', 'My unit is two twelve.'],
    ['$217', 'The address is two seventeen Willow Lane.'],
    ['$217', 'It is two seventeen Willow Lane.'],
    ['$4,471', 'The code is forty four seventy one.'],
    ['$2,015', 'I have a twenty fifteen Honda.'],
    ['$2,015', 'It is a twenty fifteen and costs a lot.'],
    ['$1,998', 'It was built in nineteen ninety eight.'],
    ['$1,998', 'The price is from nineteen ninety eight.'],
  ])('%s: %j', (price, said) => {
    expect(hasNumbers(`The visit costs ${price}.`, said)).toBe(false);
  });

  it('takes no hour away', () => {
    expect(hasNumbers('We come at 9:30.', 'The price is for nine thirty.')).toBe(true);
    expect(hasNumbers('We come at 1:50.', 'It is one fifty then.')).toBe(true);
  });
});
