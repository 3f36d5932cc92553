// What a business gave for nothing frees that alone, and a mail that speaks of free days or of questions gives nothing.
import { describe, expect, it } from 'vitest';
import { openJudge } from '#domains/intelligence/insights/judge/judge-findings.ts';

function isKept(text: string, said: string, asked = 'My friend has one.') {
  const segments = [
    { n: 1, speaker: 'CALLER', text: asked },
    ...said.split('\n').map((one, at) => ({ n: at + 2, speaker: 'AGENT', text: one })),
    { n: 9, speaker: 'AGENT', text: 'We are glad that you called us.' },
  ];
  const judge = openJudge({ segments, business: 'Harbor Plumbing' });
  return segments.some(
    ({ n, text: quote }) =>
      n > 1 && judge.keep({ text, n, quote, score: null }, 'FOLLOW_UP_EMAIL') !== null,
  );
}

describe('what was given', () => {
  it.each([
    ['The estimate is free.', 'The estimate is free of charge, the repair is not.'],
    ['The estimate is free.', 'The estimate is free.\nThe repair is five hundred dollars.'],
    ['The exam and the x-rays are free.', 'For new patients, the exam and x-rays are free.'],
    ['We waive the trip fee.', 'The trip fee is ninety dollars. If you do the repair we waive it.'],
    ['You can cancel free of charge.', 'Cancellation is free.'],
    ['The estimate is free.', 'No, the estimate is free.'],
    ['The estimate is free.', 'We do not charge for estimates.'],
    ['Delivery is complimentary.', 'Delivery is included.'],
    ['Delivery is free.', 'Don’t worry, delivery is on us.'],
    ['It is on us.', 'The visit is on the house.'],
    ['We will cover the damage.', 'If we break something, we pay for the damage.'],
    ['We cover the parts for a year.', 'Parts are covered for a year.'],
    ['Your visit is covered by insurance.', 'Ask your insurance.'],
  ])('%s <- %s', (claim, said) => {
    expect(isKept(claim, said)).toBe(true);
  });

  it('may have been asked for', () => {
    expect(
      isKept('The estimate is free.', 'No, it is free.', 'Do you charge for an estimate?'),
    ).toBe(true);
    expect(isKept('The repair is free.', 'No, it is free.', 'Do you charge for an estimate?')).toBe(
      false,
    );
  });
});

describe('what was not', () => {
  it.each([
    ['The repair is free.', 'The estimate is free.\nThe repair is five hundred dollars.'],
    ['The repair is free of charge.', 'The estimate is free of charge, the repair is not.'],
    [
      'The repair is free.',
      'The visit is ninety dollars, and that is waived if you do the repair.',
    ],
    ['We waive the repair fee.', 'The trip fee is waived.'],
    ['There is no charge for the visit.', 'There is no charge for parking.'],
    ['The estimate is free.', 'Are you free on Monday for the estimate?'],
    ['The estimate costs $50, and the repair is free.', 'The estimate is free, fifty dollars off.'],
    ['Delivery is complimentary.', 'Delivery is not included.'],
    ['Delivery is free.', 'There is nothing open for delivery.'],
    ['We will waive the trip fee.', 'We cannot waive the trip fee.'],
    ['The visit is free.', 'You do not pay for the visit until Monday.'],
    ['We will cover the damage.', 'There was some damage.'],
    ['We will pay for the damage.', 'Parts are covered for a year.'],
    ['You asked about a refund, and we will refund you.', 'We will look.'],
    ['The repair you asked about is free.', 'The estimate is free.'],
  ])('%s <- %s', (claim, said) => {
    expect(isKept(claim, said)).toBe(false);
  });
});

describe('a mail that gives nothing', () => {
  it.each([
    ['You can count on us.', 'We come.'],
    ['You can always rely on us for help.', 'We come.'],
    ['We have Tuesday free for you.', 'Tuesday is open.'],
    ['We have a free slot on Tuesday.', 'Tuesday is open.'],
    ['Is Tuesday free for you?', 'Tuesday is open.'],
    ['Our plumber is free Tuesday.', 'The plumber can come on Tuesday.'],
    ['You asked about a refund, and we will check on it.', 'I will check on it.'],
    ['You asked if the delivery is free.', 'I will check on it.'],
    ['We will find out whether there is a discount.', 'I will find out.'],
    ['Thank you for asking about our warranty.', 'I will find out.'],
    ['The room is pet-free.', 'There are no pets in the room.'],
    ['All our rooms are smoke-free.', 'The rooms are available.'],
    ['Our office is free of dogs.', 'We have no dogs.'],
  ])('%s', (claim, said) => {
    expect(isKept(claim, said)).toBe(true);
  });

  it.each(['The visit is cost-free.', 'The loan is interest-free.'])('but not %s', (claim) => {
    expect(isKept(claim, 'The visit is ninety dollars. The loan is open.')).toBe(false);
  });
});
