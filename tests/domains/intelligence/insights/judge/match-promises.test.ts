// A mail gives nothing that the business did not give on the telephone, also where it tells no figure.
import { describe, expect, it } from 'vitest';
import { openJudge } from '#domains/intelligence/insights/judge/judge-findings.ts';
import { hasPromises } from '#domains/intelligence/insights/judge/match-promises.ts';

const HEATER = [
  'The visit is eighty nine dollars, and that is waived if you do the repair.',
  'A replacement is fifteen hundred, installed, with a six year warranty.',
];
const DENTIST = [
  'The exam is included, and x-rays are free for new patients.',
  'If you are not happy we give you your money back, and I can take ten percent off in June.',
];
const PLAIN = ['We come on Monday, and the visit is ninety dollars. I will call you back.'];

function isKept(text: string, said: readonly string[], asked = 'Is it free? My friend has one.') {
  const segments = [
    { n: 1, speaker: 'CALLER', text: asked },
    ...said.map((one, at) => ({ n: at + 2, speaker: 'AGENT', text: one })),
  ];
  const judge = openJudge({ segments, business: 'Harbor Plumbing' });
  const keeps = (quote: string, n: number) =>
    judge.keep({ text, n, quote, score: null }, 'FOLLOW_UP_EMAIL') !== null;
  return said.some((quote, at) => keeps(quote, at + 2));
}

describe('what a business gave', () => {
  it.each([
    ['The visit is waived if you do the repair.', HEATER],
    ['The visit is complimentary if you do the repair.', HEATER],
    ['The visit is free if you do the repair.', HEATER],
    ['The replacement comes with a 6-year warranty.', HEATER],
    ['We guarantee the replacement for 6 years.', HEATER],
    ['X-rays are free for new patients.', DENTIST],
    ['X-rays are complimentary for new patients.', DENTIST],
    ['The exam is included at no extra cost.', DENTIST],
    ['You get a refund if you are not happy.', DENTIST],
    ['You have a money-back guarantee.', ['We guarantee it, or you get your money back.']],
    ['We offer a discount of 10% in June.', DENTIST],
    ['Please feel free to call us.', PLAIN],
    ['If you are free on Monday, we will come.', PLAIN],
    ['Let us know if you are free.', PLAIN],
    ['We will call you back.', PLAIN],
    ['The visit is $90.', PLAIN],
  ])('%s', (claim, said) => {
    expect(isKept(claim, said)).toBe(true);
  });
});

describe('what it did not', () => {
  it.each([
    ['We will install the replacement for free.', HEATER],
    ['The installation will be free of charge.', HEATER],
    ['We install the replacement at no cost.', HEATER],
    ['The replacement comes with a lifetime warranty.', HEATER],
    ['The replacement is guaranteed for life.', HEATER],
    ['You get a refund if it leaks.', HEATER],
    ['You can have the repair at half price.', HEATER],
    ['The visit is free.', PLAIN],
    ['The visit is on us.', PLAIN],
    ['We waive the fee of the visit.', PLAIN],
    ['We guarantee our work.', PLAIN],
    ['The work is under warranty.', PLAIN],
    ['You can have your money back.', PLAIN],
    ['You get a discount on Monday.', PLAIN],
    ['A complimentary visit is waiting for you.', PLAIN],
    ['The visit costs nothing.', PLAIN],
  ])('%s', (claim, said) => {
    expect(isKept(claim, said)).toBe(false);
  });
});

describe('what "it" is stands in the sentence before', () => {
  const SAID =
    'We put in a new filter. The estimate is free. We haul the old unit away. That is included.';
  const OTHERS = 'We put in a new filter. The estimate is free.';

  it.each([
    ['We haul the old unit away. It comes at no extra cost.', SAID],
    ['We give you an estimate. This is free.', SAID],
    ['It is free.', SAID],
  ])('%s was given', (claim, said) => {
    expect(hasPromises(claim, said)).toBe(true);
  });

  it.each([
    ['We put in a new filter. It comes at no extra cost.', OTHERS],
    ['We put in a new filter. This is free.', OTHERS],
  ])('%s was not', (claim, said) => {
    expect(hasPromises(claim, said)).toBe(false);
  });
});

it.each([
  ['The tow is free.', false],
  ['Your x-ray is free.', false],
  ['The exam is free.', true],
])('things of three letters are things: %s', (claim, is) => {
  const said =
    'The cleaning is a hundred dollars. The tow and the x-ray are fifty. The exam is free.';
  expect(hasPromises(claim, said)).toBe(is);
});

describe('a word that is denied gives nothing', () => {
  const REFUND = ['No, we do not refund that. See you on Monday.', 'There is no warranty on it.'];
  const LESS = ['We have no discounts and no specials, and it is never half price. Anything else?'];
  it.each([
    ['You will get a refund.', REFUND],
    ['It comes with a warranty.', REFUND],
    ['We will give you a discount.', LESS],
    ['You can have it at half price.', LESS],
    ['We will pay you back what you spent.', PLAIN],
    ['We will credit your account.', PLAIN],
    ['We will reduce your bill.', PLAIN],
    ['We will lower the price for you.', PLAIN],
    ['We will take care of all costs.', PLAIN],
    ['We will replace the heater at our own expense.', PLAIN],
    ['This is a gift from us.', PLAIN],
    ['We will beat any price.', PLAIN],
  ])('%s', (claim, said) => {
    expect(hasPromises(claim, said.join('\n'))).toBe(false);
  });

  it.each([
    ['We do not refund that.', REFUND],
    ['There is no warranty on it.', REFUND],
    ['We will pay you back.', ['If it does not fit, we pay it back.']],
    ['We will credit the fee toward the repair.', ['That fee goes toward the repair.']],
    ['You can pay with a credit card.', PLAIN],
    ['We will lower the price for you.', ['I can take ten dollars off the price.']],
    ['We will take care of all costs.', ['Do not worry, we take care of the costs.']],
    ['We will take care of the leak.', PLAIN],
    ['The filter is a gift from us.', ['I will throw in a filter at no charge.']],
    ['Rest assured that we will come.', PLAIN],
  ])('and so does one that was given: %s', (claim, said) => {
    expect(hasPromises(claim, said.join('\n'))).toBe(true);
  });
});
