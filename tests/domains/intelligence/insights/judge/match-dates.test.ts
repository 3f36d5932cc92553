// A month and a day of a claim were said of each other; that both were said of something makes no date.
import { describe, expect, it } from 'vitest';
import { hasDates } from '#domains/intelligence/insights/judge/match-dates.ts';
import { hasNumbers } from '#domains/intelligence/insights/judge/match-numbers.ts';

const VISIT =
  'I can have Luis out Thursday, June fourth, between eight and ten in the morning. You are booked for Thursday at nine. The heater is twelve years old.';
const MANY =
  'My birthday is March third, and I am off from the ninth to the twelfth of August. On May second or third we close at noon. We are open in May, nine to five.';
const ASKED =
  'Do you have anything in July?\nWe have the twenty first at half past nine.\nThen the fourth of September is too late.';

const stands = (claim: string, said: string) => hasDates(claim, said) && hasNumbers(claim, said);

describe('a date that was said', () => {
  it.each([
    ['It is on June 4.', VISIT],
    ['It is on June 4th at 9.', VISIT],
    ['It is on Thursday, June 4, between 8 and 10.', VISIT],
    ['It is on Thursday the 4th.', VISIT],
    ['It is on the 4th of June.', VISIT],
    ['It is on 6/4 at 9.', VISIT],
    ['It is on June the fourth.', VISIT],
    ['It is on June 4.', 'Six four? No, it is on 6/4.'],
    ['The birthday is on March 3.', MANY],
    ['They are away from August 9 to 12.', MANY],
    ['They are away August 9-12.', MANY],
    ['They are off between the 9th and the 12th of August.', MANY],
    ['We close at noon on May 3.', MANY],
    ['It is on July 21 at 9:30.', ASKED],
    ['It is on 7/21.', ASKED],
    ['September 4 is too late.', ASKED],
    ['You may come in June.', VISIT],
    ['You can call us 24/7.', 'We are there 24/7.'],
    ['It needs a 1/2 inch pipe.', 'It is a 1/2 inch pipe.'],
  ])('%s', (claim, said) => {
    expect(stands(claim, said)).toBe(true);
  });
});

describe('a date that was not', () => {
  it.each([
    ['It is on June 9.', VISIT],
    ['It is on June 8 at 9.', VISIT],
    ['It is on June 10.', VISIT],
    ['It is on June 12.', VISIT],
    ['It is on the 9th of June.', VISIT],
    ['It is on 6/8.', VISIT],
    ['The birthday is on March 12.', MANY],
    ['The birthday is on August 3.', MANY],
    ['They are away from May 9.', MANY],
    ['We close at noon on May 9.', MANY],
    ['It is on July 4.', ASKED],
    ['It is on September 21.', 'September fourth is too late. We have July twenty first.'],
  ])('%s', (claim, said) => {
    expect(stands(claim, said)).toBe(false);
  });
});
