// What holds for every visit, however odd: it is judged, the same each time, within bounds; the company's word is the last.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeSource } from '#domains/visitors/sources/judge/judge-source.ts';
import type { SourceCondition, SourceRule } from '#domains/visitors/sources/judge/source-rule.ts';

/** Pieces out of which addresses are made, the odd ones more often than life has them. */
const piece = fc.oneof(
  fc.constantFrom(
    ...[
      'https://',
      'http://',
      '//',
      'android-app://',
      'www.google.com',
      'bluebird.example',
      'l.facebook.com',
      '..',
      '.',
    ],
    ...[
      '/',
      '/maps',
      '?',
      '&',
      '&amp;',
      '#',
      '=',
      '%',
      '%00',
      '%2',
      '%25',
      '%E0%A4',
      '{',
      '}',
      '[',
      ']',
      '\\',
      '\u0000',
    ],
    ...[
      'utm_source',
      'utm_medium',
      'utm_campaign',
      'gclid',
      'fbclid',
      'msclkid',
      'mc_cid',
      'google',
      'facebook',
      'not-',
    ],
    ...[
      'cpc',
      'email',
      'x'.repeat(300),
      'a.'.repeat(200),
      '\ud800',
      '😀',
      'İ',
      'ﷺ',
      '__proto__',
      'constructor',
      '@',
      ':99999',
    ],
  ),
  fc.string({ maxLength: 12, unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)) }),
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
);
const address = fc.array(piece, { maxLength: 24 }).map((pieces) => pieces.join(''));
const visit = fc.record({
  url: fc.oneof(
    address,
    address.map((rest) => `https://www.bluebird.example/?${rest}`),
  ),
  referrer: fc.oneof(
    address,
    address.map((rest) => `https://${rest}`),
    fc.constant(null),
  ),
  ownHosts: fc.array(address, { maxLength: 3 }),
});

const rule = (
  conditions: Partial<SourceCondition>[],
  more: Partial<SourceRule> = {},
): SourceRule => ({
  id: 'r1',
  name: 'Our word',
  medium: 'own',
  campaign: null,
  ...more,
  conditions: conditions.map((each) => ({
    part: 'LANDING_URL',
    parameter: null,
    match: 'EXISTS',
    value: null,
    ...each,
  })),
});

describe('any visit', () => {
  it('is judged, the same each time, in texts that a column can hold', () => {
    fc.assert(
      fc.property(visit, (given) => {
        const verdict = judgeSource({ ...given, rules: [] });
        expect(judgeSource({ ...given, rules: [] })).toEqual(verdict);
        const { network, name, medium, campaign, term, content, explanation } = verdict;
        for (const text of [network, name, medium, campaign, term, content, explanation]) {
          expect(text).not.toMatch(/\p{Cc}/u);
          expect(text.isWellFormed()).toBe(true);
        }
        expect(network).not.toBe('');
        expect(name).not.toBe('');
        const longest = Math.max(
          ...[name, medium, campaign, term, content].map((text) => text.length),
        );
        expect(longest).toBeLessThanOrEqual(253);
        expect(explanation.length).toBeLessThanOrEqual(1_500);
        expect(verdict.clickIds.every(({ value }) => value.length <= 1_000)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it('is read to its first 8,192 characters', () => {
    const long = `https://bluebird.example/?a=${'x'.repeat(8_192)}&gclid=abc`;
    expect(judgeSource({ url: long, referrer: '', rules: [], ownHosts: [] }).ruleId).toBe('direct');
    const many = `https://bluebird.example/?${'a=1&'.repeat(200)}gclid=abc`;
    expect(judgeSource({ url: many, referrer: '', rules: [], ownHosts: [] }).ruleId).toBe('direct');
    const huge = 'https://bluebird.example/?utm_source='.concat('x%20'.repeat(1_000_000));
    expect(judgeSource({ url: huge, referrer: huge, rules: [], ownHosts: [] }).name.length).toBe(
      199,
    );
  });

  it('is what the company’s first fitting rule says, whatever else stands in it', () => {
    const readable = visit.filter(({ url }) => url.startsWith('https://www.bluebird.example/'));
    fc.assert(
      fc.property(readable, (given) => {
        const rules = [rule([{ match: 'EQUALS', value: 'never' }], { id: 'r0' }), rule([{}])];
        const verdict = judgeSource({ ...given, rules });
        expect(verdict).toMatchObject({
          ...{ network: 'Our word', name: 'Our word', medium: 'own', kept: false },
          ...{ ruleId: 'company.r1', confidence: 'CERTAIN' },
        });
        expect(verdict.tried.map(({ ruleId }) => ruleId)).toEqual(['company.r0']);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a rule of the company', () => {
  const given = {
    url: 'https://www.bluebird.example/Doors/Oak?promo=May&sale&code={code}&utm_source=Flyer&utm_campaign=Spring',
    referrer: 'https://m.partner.example/list?x=1',
    ownHosts: [],
  };
  const fits = (...conditions: Partial<SourceCondition>[]) =>
    judgeSource({ ...given, rules: [rule(conditions)] }).ruleId === 'company.r1';

  it.each<[string, boolean, Partial<SourceCondition>]>([
    ['a part of the URL', true, { match: 'CONTAINS', value: 'BLUEBIRD.example/doors' }],
    ['a path', true, { part: 'LANDING_PATH', match: 'EQUALS', value: '/doors/oak' }],
    ['the begin of a path', true, { part: 'LANDING_PATH', match: 'STARTS_WITH', value: '/doors' }],
    ['another path', false, { part: 'LANDING_PATH', match: 'STARTS_WITH', value: '/oak' }],
    ['a parameter', true, { part: 'PARAMETER', parameter: 'Promo' }],
    [
      'a parameter’s value',
      true,
      { part: 'PARAMETER', parameter: 'promo', match: 'EQUALS', value: 'may' },
    ],
    [
      'another value',
      false,
      { part: 'PARAMETER', parameter: 'promo', match: 'EQUALS', value: 'ma' },
    ],
    ['a parameter without a value', true, { part: 'PARAMETER', parameter: 'Sale' }],
    ['a parameter of any value', true, { part: 'PARAMETER', parameter: 'code' }],
    ['no value', false, { part: 'PARAMETER', parameter: 'sale', match: 'STARTS_WITH', value: 's' }],
    ['no such parameter', false, { part: 'PARAMETER', parameter: 'prom' }],
    [
      'the host below a domain',
      true,
      { part: 'REFERRER_HOST', match: 'EQUALS', value: 'partner.example' },
    ],
    [
      'not a part of a host',
      false,
      { part: 'REFERRER_HOST', match: 'EQUALS', value: 'artner.example' },
    ],
    ['the referrer', true, { part: 'REFERRER_URL', match: 'CONTAINS', value: '/list' }],
    ['utm_source', true, { part: 'UTM_SOURCE', match: 'EQUALS', value: 'flyer' }],
    ['utm_campaign', true, { part: 'UTM_CAMPAIGN', match: 'STARTS_WITH', value: 'spr' }],
    ['no utm_term', false, { part: 'UTM_TERM' }],
    ['no utm_content', false, { part: 'UTM_CONTENT' }],
    ['no utm_medium', false, { part: 'UTM_MEDIUM', match: 'CONTAINS', value: 'a' }],
  ])('looks at %s', (_what, expected, condition) => {
    expect(fits(condition)).toBe(expected);
  });

  it('wants all of its conditions', () => {
    const [path, promo] = [
      { part: 'LANDING_PATH', match: 'STARTS_WITH', value: '/doors' },
      { part: 'PARAMETER', parameter: 'promo' },
    ] as const;
    expect(fits(path, promo)).toBe(true);
    expect(fits(path, { ...promo, parameter: 'other' })).toBe(false);
  });

  it('may set the campaign, or leave it to utm_campaign', () => {
    const campaignOf = (campaign: string | null) =>
      judgeSource({ ...given, rules: [rule([{}], { campaign })] }).campaign;
    expect([campaignOf(null), campaignOf(''), campaignOf('Own')]).toEqual(['Spring', '', 'Own']);
  });

  it('says what it saw, and what it missed', () => {
    const rules = [
      rule([{ part: 'UTM_SOURCE', match: 'EQUALS', value: 'radio' }], { id: 'r0' }),
      rule([
        { part: 'PARAMETER', parameter: 'promo' },
        { match: 'CONTAINS', value: 'oak' },
      ]),
    ];
    const { explanation, tried } = judgeSource({ ...given, rules });
    expect(explanation).toBe(
      'Our word, because a rule of the company says so: the parameter promo is there, and the landing URL contains "oak".',
    );
    expect(tried).toEqual([
      {
        ruleId: 'company.r0',
        reason: 'This rule of the company wants that utm_source is "radio".',
      },
    ]);
  });
});

describe('a verdict', () => {
  it('carries terms, contents and every click id, and tells what was asked before', () => {
    const verdict = judgeSource({
      url: 'https://bluebird.example/?utm_source=google&utm_medium=cpc&utm_term=oak+doors&utm_content=ad2&msclkid=M&gclid=AbC&fbclid=F',
      referrer: null,
      rules: [],
      ownHosts: [],
    });
    expect(verdict).toMatchObject({ term: 'oak doors', content: 'ad2', confidence: 'CERTAIN' });
    expect(verdict.clickIds).toEqual([
      { parameter: 'gclid', value: 'AbC' },
      { parameter: 'msclkid', value: 'M' },
      { parameter: 'fbclid', value: 'F' },
    ]);
    const referrer = 'https://www.bing.com/search?q=oak+doors';
    const found = judgeSource({
      url: 'https://bluebird.example/',
      referrer,
      rules: [],
      ownHosts: [],
    });
    expect(found.term).toBe('oak doors');
    expect(found.tried).toEqual([
      { ruleId: 'company', reason: 'The company has no rules.' },
      { ruleId: 'click-id', reason: 'The landing URL has no click id.' },
      { ruleId: 'utm', reason: 'The landing URL has no utm_source.' },
      {
        ruleId: 'link-mark',
        reason: 'The landing URL has no parameter that a mail program or search engine adds.',
      },
    ]);
  });

  it('keeps the session for every domain of the company', () => {
    const kept = (referrer: string, ownHosts: string[]) =>
      judgeSource({ url: 'https://bluebird.example/', referrer, rules: [], ownHosts }).kept;
    expect(kept('https://shop.redbird.example/', ['www.redbird.example'])).toBe(true);
    expect(kept('https://shop.redbird.example/', [])).toBe(false);
    expect(kept('https://other.github.io/', ['bluebird.github.io'])).toBe(false);
  });
});
