// A number of a claim counts what it was said to count: there is no money in fifty gallons.
import { describe, expect, it } from 'vitest';
import { hasNumbers } from '#domains/intelligence/insights/judge/match-numbers.ts';

const SAID = `I can have Luis out Thursday, June fourth, between eight and ten in the morning. The visit is eighty nine dollars.
A fifty gallon replacement is fifteen hundred, installed. It takes three to five hours and we give twelve percent off. Bring two forms.
The warranty is six years. It is one twenty five without insurance. The office opens at seven.`;

describe('what was said', () => {
  it.each([
    'The visit costs $89.',
    'The visit costs $89.00.',
    'The 89-dollar visit.',
    'The visit is eighty-nine dollars.',
    'The replacement is $1,500.',
    'The replacement is $1.5k.',
    'The replacement costs 1500 dollars.',
    'A 50-gallon heater is $1500.',
    'It takes 3 to 5 hours.',
    'It takes 3-5 hours.',
    'It takes about 3 hours.',
    'You get 12% off.',
    'You get 12 percent off.',
    'It comes with a 6-year warranty.',
    'Without insurance it is $125.',
    'Please bring 2 forms.',
    'We come on June 4 between 8 and 10.',
    'We come on the 4th, from 8 to 10 AM.',
    'We open at 7.',
    'We open at 7 o’clock.',
  ])('%s', (claim) => {
    expect(hasNumbers(claim, SAID)).toBe(true);
  });
});

describe('what was not', () => {
  it.each([
    ['The visit costs $8.', 'an hour'],
    ['The visit costs $10.', 'an hour'],
    ['The visit costs $7.', 'an hour'],
    ['The visit costs $4.', 'a day'],
    ['The visit costs $2.', 'forms'],
    ['The visit costs $3.', 'of a range of hours'],
    ['The visit costs €89.', 'of another currency'],
    ['The visit takes 89 minutes.', 'money'],
    ['The replacement costs $50.', 'gallons'],
    ['The replacement costs 50 dollars.', 'gallons'],
    ['You get 50% off.', 'gallons'],
    ['You get 8% off.', 'an hour'],
    ['You get 6 percent off.', 'years'],
    ['You get $12 off.', 'a share'],
    ['The warranty is 12 years.', 'a share'],
    ['It takes 6 hours.', 'years'],
    ['It is a 6-gallon heater.', 'years'],
    ['We come on the 10th.', 'an hour'],
    ['We come at 10.', 'the end of a stretch'],
  ])('%s: %s', (claim) => {
    expect(hasNumbers(claim, SAID)).toBe(false);
  });
});
