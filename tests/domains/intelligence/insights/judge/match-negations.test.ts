// A claim that denies what its sentence asserts, or asserts what that denies, says the opposite.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { saysOpposite } from '#domains/intelligence/insights/judge/match-negations.ts';
import { findQuote } from '#domains/intelligence/insights/judge/match-quote.ts';
import {
  leavesNegationOut,
  sentenceAt,
  withItsNegations,
} from '#domains/intelligence/insights/judge/match-sentence.ts';

const CHARGE = 'So we will be there at 8:30 and we do not charge for the visit at all.';

it.each([
  ['They charge for the visit.', CHARGE, true],
  ['There is a charge for the visit.', CHARGE, true],
  ['They will be there at 8:30.', CHARGE, false],
  ['They do not charge for the visit.', CHARGE, false],
  ['The visit is free.', CHARGE, false],
  ['The visit is free of charge.', CHARGE, false],
  ['They had insurance.', 'The other driver had no insurance.', true],
  ['They come on Monday.', 'We do not come on Monday but on Tuesday.', true],
  ['Anna calls on Tuesday.', 'We do not come on Monday, but Anna calls on Tuesday.', false],
  ['They do not repair heaters.', 'Yes, we repair heaters.', true],
  ['It is not theirs.', 'It is yours.', true],
  ['They pay.', 'You pay nothing.', true],
  ['They shut it off.', 'No, I shut it off.', false],
  ['Bring the report.', "Don't forget to bring the report.", false],
  ['They want somebody to come today.', "Can't you come today?", false],
  ['They charge for parts.', 'We charge not only for parts.', false],
  ['The caller can wait until Friday.', "I can't wait until Friday.", true],
  ['Thank you for being able to wait.', 'I really cannot wait until Friday.', true],
  ["The caller can't wait until Monday.", 'I can wait until Monday.', true],
  ['The technician missed the appointment.', 'He did not miss the appointment.', true],
  ['There was a problem with the heater.', 'There was no problem with the heater.', true],
  ['The caller minds the noise.', 'I do not mind the noise.', true],
  ['They fail to call.', 'We never fail to call.', true],
  ['The caller cannot wait until Friday.', "I can't wait until Friday.", false],
  ['The caller does not mind the noise.', 'I do not mind the noise.', false],
  ['They will fix the problem on Tuesday.', 'No problem, Tuesday works.', false],
  ['They will fix the problem.', 'That is no problem, we will fix it.', false],
  ['The caller is worried about the floor.', "Don't worry about the floor.", false],
  ['The technician was there.', 'He did not miss the appointment.', false],
])('%j of %j: %s', (claim, sentence, is) => {
  expect(saysOpposite(claim, sentence)).toBe(is);
});

it('what was not done yet may be a task, what is not wanted may not', () => {
  const isTask = true;
  expect(saysOpposite('Send the quote.', 'We have not sent the quote.', { isTask })).toBe(false);
  expect(saysOpposite('Send the quote.', 'Do not send the quote.', { isTask })).toBe(true);
});

it('a promise denies nothing where its sentence does not', () => {
  const isPromise = true;
  const said = 'The service call is $89.';
  expect(saysOpposite('You need not pay.', said)).toBe(false);
  expect(saysOpposite('You need not pay.', said, { isPromise })).toBe(true);
});

it('a sentence never says the opposite of itself, and always that of itself with a "not"', () => {
  const verb = fc.constantFrom(...'charge repair call visit send book need include'.split(' '));
  const aux = fc.constantFrom(...'can will do should would could'.split(' '));
  const thing = fc.constantFrom(...'the boiler|your old pump|heaters|a quote|two vans'.split('|'));
  const tail = fc.constantFrom('', ' on Monday', ', and we will ask Anna', ' at 8:30, as I said');
  fc.assert(
    fc.property(aux, verb, thing, tail, (first, does, what, more) => {
      const yes = `We ${first} ${does} ${what}${more}.`;
      const no = `We ${first} not ${does} ${what}${more}.`;
      expect([saysOpposite(yes, yes), saysOpposite(no, no)]).toEqual([false, false]);
      expect([saysOpposite(yes, no), saysOpposite(no, yes)]).toEqual([true, true]);
    }),
    { seed: 20_261_127, numRuns: 300 },
  );
});

it('the sentence of a quote is found, with its "not"', () => {
  const text = `Dr. Reed is here at 9 a.m. or later. ${CHARGE} Good day.`;
  const place = (quote: string) =>
    findQuote([{ n: 0, text }], { n: 0, quote }) ?? { n: 0, from: 0, length: 0 };
  const cut = place('charge for the visit at all');
  expect(sentenceAt(text, cut)).toBe(CHARGE);
  const { from, length } = withItsNegations(text, cut);
  expect(text.slice(from, from + length)).toBe(CHARGE);
  expect(leavesNegationOut(text, cut)).toBe(true);
  const whole = place('we do not charge');
  expect(withItsNegations(text, whole)).toEqual(whole);
  expect(leavesNegationOut(text, place('we will be there at 8:30'))).toBe(false);
  expect(sentenceAt(text, place('at 9'))).toBe('Dr. Reed is here at 9 a.m. or later.');
});
