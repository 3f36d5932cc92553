// What a mail tells was said, by name, number, day and address; or it may be told of the business anyway.
import { describe, expect, it } from 'vitest';
import { withoutProfile } from '#domains/intelligence/insights/judge/match-addresses.ts';
import { hasFacts } from '#domains/intelligence/insights/judge/match-claims.ts';
import { hasNames } from '#domains/intelligence/insights/judge/match-names.ts';

describe('the facts of a claim', () => {
  const said = 'This is Anna from Harbor Plumbing. We come tomorrow at 8:30, it is $89.';
  it.each([
    ['Anna will come tomorrow at 8:30.', true],
    ['As agreed, Anna of Harbor Plumbing comes tomorrow.', true],
    ['As agreed, Bob will come tomorrow.', false],
    ['We will come on Monday.', false],
    ['See www.plumbing-offers.com for more.', false],
    ['Write to us at pay@evil.example.', false],
    ['The call is $98.', false],
    ['Bob will call you.', false],
    ['Anna will call you.', true],
    ['Will will call you.', false],
    ['We will come tomorrow (Bob too).', false],
    ['We come. Bob will help.', false],
    ['Thank you. Payment is due when we come.', true],
    ['Confirm your visit by text.', true],
    ['We come on the fifth.', false],
    ['We come in May.', false],
    ['We will come in may.', false],
    ['May we come tomorrow?', true],
    ['Pay at bit.ly/x3 please.', false],
    ['We come tonight.', false],
    ['Mike your technician will arrive tomorrow.', false],
    ['Mike our best technician is with you tomorrow.', false],
    ['Sterling will call you.', false],
    ['Manning from our office will call you.', false],
    ['Harkness called.', false],
    ['Check if the part is in stock.', true],
    ['Replace the valve that was leaking.', true],
    ['Pricing for tomorrow: $89.', true],
    ['Installation is tomorrow.', true],
    ['Mail the papers to us, and we will come.', true],
  ])('%j: %s', (claim, stands) => {
    expect(hasFacts(claim, said)).toBe(stands);
  });
});

it.each([
  ['We meet in May.', 'May I help? It is due in May.', true],
  ['We meet in May.', 'May I help?', false],
  ['Ask for Will.', 'I will ask.', false],
  ['Ask for Will.', 'ask for Will', true],
])('%j of %j: %s', (claim, said, stands) => {
  expect(hasFacts(claim, said)).toBe(stands);
});

it.each([
  ['Ask for Constructor.', 'ask for Constructor', true],
  ['Ask for Constructor.', 'ask for me', false],
  ['We will ask Constructor and Valueof.', 'we will ask valueof and constructor', true],
])('a name that every object has is one like others: %j of %j: %s', (claim, said, stands) => {
  expect(hasFacts(claim, said)).toBe(stands);
});

it('of other languages it is not known which words begin a sentence', () => {
  expect(hasNames('Mañana vamos con Ana.', 'ana va', { isEnglish: false })).toBe(true);
  expect(hasNames('Mañana vamos con Bob.', 'ana va', { isEnglish: false })).toBe(false);
});

it.each([
  ['See harbor.example or call (415) 555-0198.', 'See  or call .'],
  ['See https://www.harbor.example/.', 'See '],
  ['See harbor.example/pay.', 'See harbor.example/pay.'],
  ['See evil-harbor.example.', 'See evil-harbor.example.'],
  ['Write to pay@harbor.example.', 'Write to pay@harbor.example.'],
  ['Call +1 415-555-0199.', 'Call +1 415-555-0199.'],
])('of %j is left, without what is known of the business, %j', (claim, left) => {
  const profile = { hosts: ['harbor.example'], numbers: ['+14155550198'] };
  expect(withoutProfile(claim, profile)).toBe(left);
});
