// The judge of one condition: what is compared with what, and what is told of it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeCondition } from '#domains/automation/describe-condition.ts';
import { matchCondition } from '#domains/automation/match-conditions.ts';
import { CONDITION_SUBJECTS, type RuleCondition } from '#domains/automation/rule-words.ts';
import { condition, facts, SET, TRACKER } from './facts.ts';

type Case = [asked: Parameters<typeof condition>[0], isMet: boolean, actual: string];
const FORM = facts({
  kind: 'FORM',
  fields: [
    { name: 'Message', value: 'My Türe is broken' },
    { name: 'ZIP', value: '60601' },
  ],
});

describe('a condition', () => {
  it.each<Case>([
    [{ about: 'KIND', values: ['CALL', 'CHAT'] }, true, 'CALL'],
    [{ about: 'KIND', values: ['CHAT'] }, false, 'CALL'],
    [{ about: 'DIRECTION', values: ['OUTBOUND'] }, false, 'INBOUND'],
    [{ about: 'OUTCOME', values: ['MISSED'], isNot: true }, true, 'ANSWERED'],
    [{ about: 'TRACKER', values: [TRACKER] }, true, 'one of them'],
    [{ about: 'TRACKER', values: [SET] }, false, 'another'],
    [{ about: 'SOURCE', values: ['google ads'] }, true, 'Google Ads'],
    [{ about: 'MEDIUM', values: ['organic'] }, false, 'cpc'],
    [{ about: 'CAMPAIGN', values: ['Spring'] }, false, 'none'],
    [{ about: 'CAMPAIGN', values: ['Spring'], isNot: true }, true, 'none'],
    [{ about: 'LANDING_PAGE', values: ['/doors?PROMO'] }, true, 'found in 45 letters'],
    [{ about: 'LANDING_PAGE', values: ['/roofs'] }, false, 'not found in 45 letters'],
    [{ about: 'REFERRER', values: ['x', 'search.example'] }, true, 'found in 23 letters'],
    [{ about: 'ACTIVE_PAGE', values: ['/prices'] }, true, 'found in 33 letters'],
    [{ about: 'ACTIVE_PAGE', values: ['/doors'] }, false, 'not found in 33 letters'],
    [
      { about: 'SEARCH_KEYWORD', values: ['garage door'] },
      true,
      'found in number 1, 1 search term of 18 letters',
    ],
    [{ about: 'SEARCH_KEYWORD', values: ['gar'] }, false, 'not found, 1 search term of 18 letters'],
    [{ about: 'DURATION_SECONDS', minSeconds: 92 }, true, '92 s'],
    [{ about: 'DURATION_SECONDS', minSeconds: 93 }, false, '92 s'],
    [{ about: 'DURATION_SECONDS', maxSeconds: 92 }, true, '92 s'],
    [{ about: 'DURATION_SECONDS', maxSeconds: 91 }, false, '92 s'],
    [{ about: 'DURATION_SECONDS', minSeconds: 90, maxSeconds: 95 }, true, '92 s'],
    [{ about: 'FIRST_CONTACT' }, true, 'the first'],
    [{ about: 'FIRST_CONTACT', isNot: true }, false, 'the first'],
    [{ about: 'LEAD_STATUS', values: ['NOT_SCORED'] }, true, 'NOT_SCORED'],
    [{ about: 'TAG', values: ['booked'] }, true, 'Booked'],
    [{ about: 'TAG', values: ['Lost'] }, false, 'Booked'],
    [{ about: 'KEYWORD', values: ['leak'] }, true, 'said in 2 places'],
    [{ about: 'KEYWORD', values: ['roof'] }, false, 'said in 0 places'],
    [{ about: 'KEYWORD_SET', values: [SET] }, true, 'said in 2 places'],
    [{ about: 'LEAD_SCORE', values: ['GOOD', 'VERY_GOOD'] }, true, 'GOOD'],
    [{ about: 'SIGNAL', values: ['SALE_MADE'] }, false, 'APPOINTMENT_BOOKED'],
    [{ about: 'FORM_FIELD', values: ['x'] }, false, 'not found, 0 fields of 0 letters'],
    [{ about: 'TEXT', values: ['x'] }, false, 'not found, 0 texts of 0 letters'],
  ])('%j', (asked, isMet, actual) => {
    expect(matchCondition(condition(asked), facts())).toEqual({ isMet, actual });
  });

  it.each<Case>([
    [{ about: 'FORM_FIELD', values: ['ture'] }, true, 'found in number 1, 2 fields of 22 letters'],
    [
      { about: 'FORM_FIELD', field: 'zip', values: ['606*'] },
      true,
      'found in number 1, 1 field of 5 letters',
    ],
    [
      { about: 'FORM_FIELD', field: 'zip', values: ['606', 'broken'] },
      false,
      'not found, 1 field of 5 letters',
    ],
    [{ about: 'OUTCOME', values: ['ANSWERED'] }, true, 'ANSWERED'],
  ])('of a form: %j', (asked, isMet, actual) => {
    expect(matchCondition(condition(asked), FORM)).toEqual({ isMet, actual });
  });

  it.each<[string, string, boolean]>([
    ['no', 'I know, now and another one', false],
    ['no', 'Well, NO!', true],
    ['rent', 'the current price', false],
    ['car', "I can't, my carpet is wet", false],
    ['can', "I can't", false],
    ['call me back', 'please call me back.', true],
    ['call me back', 'call me, I am back', false],
    ['plumb*', 'is there a plumber?', true],
    ['plumb*', 'the aplumb', false],
    ['p*', 'a plumber', false],
    ['cafe', 'das Café ist zu', true],
    ['gmail.com', 'ada@gmail.com', true],
    ['😡', 'no!😡😡', true],
    ['報價', '請給我報價單', true],
  ])('finds %j in %j: %s', (value, text, isMet) => {
    const written = facts({
      kind: 'CHAT',
      texts: [text],
      fields: [{ name: 'message', value: text }],
    });
    for (const about of ['TEXT', 'FORM_FIELD'] as const) {
      expect(matchCondition(condition({ about, values: [value] }), written).isMet).toBe(isMet);
    }
  });

  it('finds no word in another one that it is a part of', () => {
    const word = fc.stringMatching(/^[b-df-hj-np-tv-z]{3,8}$/);
    fc.assert(
      fc.property(word, word, word, (before, value, after) => {
        const judge = (text: string) =>
          matchCondition(condition({ about: 'TEXT', values: [value] }), facts({ texts: [text] }));
        expect(judge(`${before}${value}${after}`).isMet).toBe(false);
        expect(judge(`well, ${value.toUpperCase()}: ok`).isMet).toBe(true);
      }),
    );
  });

  it('asks what a kind of interaction does not have, and does not hold', () => {
    const chat = facts({ kind: 'CHAT', outcome: null, durationSeconds: null, isFirst: null });
    const judge = (asked: Case[0]) => matchCondition(condition(asked), chat);
    expect(judge({ about: 'OUTCOME', values: ['ANSWERED'] })).toEqual({
      isMet: false,
      actual: 'none',
    });
    expect(judge({ about: 'DURATION_SECONDS', maxSeconds: 10 })).toEqual({
      isMet: false,
      actual: 'none',
    });
    expect(judge({ about: 'FIRST_CONTACT' })).toEqual({ isMet: false, actual: 'not known' });
    const unseen = facts({ landingPage: null, searchKeyword: null });
    const asksUnseen = (asked: Case[0]) => matchCondition(condition(asked), unseen);
    expect(asksUnseen({ about: 'LANDING_PAGE', values: ['/'] })).toEqual({
      isMet: false,
      actual: 'none',
    });
    expect(asksUnseen({ about: 'SEARCH_KEYWORD', values: ['door'] })).toEqual({
      isMet: false,
      actual: 'not found, 0 search terms of 0 letters',
    });
  });

  it('never tells what was written or said', () => {
    const words = fc.stringMatching(/^[a-z]{4,12}$/);
    fc.assert(
      fc.property(fc.array(words, { minLength: 1, maxLength: 8 }), words, (said, keyword) => {
        const quiet = new Set(['found', 'number', 'field', 'fields', 'text', 'texts', 'letter']);
        const secret = said.filter(
          (one) => !quiet.has(one) && !'not found letters said places'.includes(one),
        );
        const known = facts({
          fields: said.map((value) => ({ name: 'message', value })),
          texts: said,
          hits: said.map((one) => ({ setId: SET, keyword: one, count: 1 })),
        });
        for (const about of ['FORM_FIELD', 'TEXT', 'KEYWORD'] as const) {
          const { actual } = matchCondition(
            condition({ about, values: [keyword, ...said] }),
            known,
          );
          for (const one of secret) expect(actual).not.toContain(one);
        }
      }),
    );
  });

  it('holds with isNot exactly where it would not', () => {
    const asked = fc.record({
      about: fc.constantFrom(...CONDITION_SUBJECTS),
      values: fc.array(fc.constantFrom('CALL', 'GOOD', 'leak', 'Booked', SET, TRACKER), {
        maxLength: 3,
      }),
      minSeconds: fc.option(fc.nat(200)),
      maxSeconds: fc.option(fc.nat(200)),
      field: fc.option(fc.constant('zip')),
      isNot: fc.constant(false),
    });
    fc.assert(
      fc.property(asked, fc.constantFrom(facts(), FORM), (one: RuleCondition, known) => {
        const plain = matchCondition(one, known);
        const turned = matchCondition({ ...one, isNot: true }, known);
        expect(turned).toEqual({ isMet: !plain.isMet, actual: plain.actual });
      }),
    );
  });
});

it.each<[Case[0], string]>([
  [{ about: 'OUTCOME', values: ['MISSED'] }, 'MISSED'],
  [{ about: 'OUTCOME', values: ['MISSED', 'BUSY'], isNot: true }, 'not any of MISSED, BUSY'],
  [{ about: 'DURATION_SECONDS', minSeconds: 5 }, 'at least 5 s'],
  [{ about: 'DURATION_SECONDS', maxSeconds: 5 }, 'at most 5 s'],
  [{ about: 'DURATION_SECONDS', minSeconds: 5, maxSeconds: 9 }, '5 to 9 s'],
  [{ about: 'FIRST_CONTACT', isNot: true }, 'not the first'],
  [{ about: 'TRACKER', values: [TRACKER, SET] }, 'any of 2 by id'],
  [{ about: 'FORM_FIELD', field: 'zip', values: ['606'] }, 'the field zip with 606'],
  [{ about: 'TEXT', values: ['quote', 'price'] }, 'words with any of quote, price'],
])('%j says in words what it asks', (asked, words) => {
  expect(describeCondition(condition(asked))).toBe(words);
});
