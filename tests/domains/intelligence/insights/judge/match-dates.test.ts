// A month and a day of a claim were said of each other; that both were said of something makes no date.
import { describe, expect, it } from 'vitest';
import { hasFacts } from '#domains/intelligence/insights/judge/match-claims.ts';
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
    ['It is on June 9.', 'You want the ninth? Of June, right?'],
    ['It is on June 9.', 'On the ninth. June? Yes.'],
    ['It is on June 9.', 'On the ninth?\nYes, of June.'],
    ['It is on June 9.', 'On Jun 9 then.'],
    ['It is on September 9.', 'On Sept. 9th then.'],
    ['It is on June 9.', 'On 9 Jun then.'],
    ['It is on Jun 9.', 'On June ninth then.'],
    ['Their pain is 5/10.', 'My pain is five out of ten.'],
    ['They rated it 4/5 on 6/4.', 'I rated it four out of five on June fourth.'],
    ['It is on 5/10.', 'It is on May tenth.'],
    ['It is on 5/10. The pain is bad.', 'It is on May tenth. The pain is bad.'],
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
    ['It is on June 9.', 'We have July ninth. Of June nothing is left.'],
    ['It is on June 9.', 'We have the ninth. June, Monday the eighth, is full.'],
    ['It is on June 9.', 'We have nine. Of June nothing is left.'],
    ['It is on Jun 9.', 'It is on July ninth. We have nine vans.'],
    ['It is on May 10.', 'My pain is 5/10, and may be ten.'],
    ['It is on September 21.', 'September fourth is too late. We have July twenty first.'],
  ])('%s', (claim, said) => {
    expect(stands(claim, said)).toBe(false);
  });
});

it.each([
  ['It is on June 9.', 'On Jun 9 then.', true],
  ['It is on Jun 9.', 'On June ninth then.', true],
  ['It is on Jul 9.', 'On June ninth then.', false],
  ['It is on June 9.', 'You want the ninth? Of June, right?', true],
])('a short month is the same one among all facts: %s of %s: %s', (claim, said, is) => {
  expect(hasFacts(claim, said)).toBe(is);
});
