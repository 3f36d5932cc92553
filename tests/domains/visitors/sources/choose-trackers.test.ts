// Which tracker's number is shown: all ranks against each other, ties inside a rank, and what fits a visit at all.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PoolMatch, SwapTracker, TrackerMatch } from '#domains/numbers/index.ts';
import { chooseTrackers } from '#domains/visitors/sources/choose-trackers.ts';
import { judgeSource } from '#domains/visitors/sources/judge/judge-source.ts';

const TARGET = '+13125550100';

const made = (name: string, more: Partial<SwapTracker> = {}): SwapTracker => ({
  ...{ id: name, name, type: 'SOURCE', createdAt: new Date('2026-01-01T00:00:00.000Z') },
  source: { id: `source of ${name}`, name, medium: '', campaign: '' },
  targets: [TARGET],
  match: { kind: 'ALWAYS' },
  ...{ poolMatch: null, overflow: null },
  numbers: [{ id: `number of ${name}`, number: '+13125550111', takesTexts: false }],
  ...more,
});
const source = (name: string, match: TrackerMatch, more: Partial<SwapTracker> = {}) =>
  made(name, { match, ...more });
const pool = (name: string, poolMatch: Partial<PoolMatch> | null = null): SwapTracker =>
  made(name, {
    ...{ type: 'SESSION', match: null, overflow: 'ORIGINAL_NUMBER' },
    poolMatch: poolMatch && {
      ...{ direct: false, searches: [], landings: [], referrers: [], inverted: false },
      ...poolMatch,
    },
  });

const visit = (landingUrl: string, referrer = '') => ({
  landingUrl,
  referrer,
  verdict: judgeSource({ url: landingUrl, referrer, rules: [], ownHosts: [] }),
});
const PAGE = 'https://www.bluebird.example';
const ADVERT = visit(`${PAGE}/doors?promo=1&gclid=abc`, 'https://www.google.com/');

const chosen = (trackers: SwapTracker[], given = ADVERT) =>
  chooseTrackers(trackers, given, [TARGET])[0]?.tracker.name ?? null;
const fits = (match: TrackerMatch, given: ReturnType<typeof visit>) =>
  chosen([source('it', match)], given) === 'it';
const search = (
  engine: 'GOOGLE' | 'YAHOO' | 'BING' | 'ALL',
  searchType: 'PAID' | 'ORGANIC' | 'ALL',
) => ({ kind: 'SEARCH', engine, searchType }) as const;

describe('the ranks', () => {
  const ranked = [
    [1, source('landing', { kind: 'LANDING_URL', landing: '/doors' })],
    [1, source('parameter', { kind: 'LANDING_PARAMETER', parameter: 'promo=1' })],
    [2, source('google ads', search('GOOGLE', 'PAID'))],
    [2, source('google.com', { kind: 'REFERRER', referrer: 'google.com' })],
    [3, source('google', search('GOOGLE', 'ALL'))],
    [3, source('all paid', search('ALL', 'PAID'))],
    [3, source('all', search('ALL', 'ALL'))],
    [4, source('always', { kind: 'ALWAYS' })],
    [5, pool('pool of google', { searches: [{ engine: 'GOOGLE', searchType: 'ALL' }] })],
    [5, pool('pool of all')],
  ] as const;

  it.each(ranked)('are as documented: %i for %o', (rank, tracker) => {
    expect(chooseTrackers([tracker], ADVERT, [TARGET])).toMatchObject([{ target: TARGET, rank }]);
  });

  it.each(
    ranked.flatMap(([higher, winner]) =>
      ranked
        .filter(([lower]) => lower > higher)
        .map(([, loser]) => [winner.name, loser.name, winner, loser] as const),
    ),
  )('put %s before %s, however old and whichever comes first', (_winner, _loser, winner, loser) => {
    const older = { ...loser, createdAt: new Date(0) };
    expect(chosen([winner, older])).toBe(winner.name);
    expect(chosen([older, winner])).toBe(winner.name);
  });
});

describe('a tie in a rank', () => {
  const landing = (name: string, text: string, day: number, id = name) =>
    source(
      name,
      { kind: 'LANDING_URL', landing: text },
      { id, createdAt: new Date(Date.UTC(2026, 0, day)) },
    );

  it.each<[string, SwapTracker[], string]>([
    ['the longest match', [landing('a', '/do', 1), landing('b', '/doors', 2)], 'b'],
    [
      'a longer parameter',
      [landing('a', '/do', 1), source('b', { kind: 'LANDING_PARAMETER', parameter: 'promo=1' })],
      'b',
    ],
    [
      'a referrer before a search',
      [
        source('a', search('GOOGLE', 'PAID')),
        source('b', { kind: 'REFERRER', referrer: 'google.com' }),
      ],
      'b',
    ],
    [
      'one engine before all',
      [source('a', search('ALL', 'PAID')), source('b', search('GOOGLE', 'ALL'))],
      'b',
    ],
    [
      'one kind of search before both',
      [source('a', search('ALL', 'ALL')), source('b', search('ALL', 'PAID'))],
      'b',
    ],
    [
      'the longest match of a pool',
      [pool('a', { landings: ['/do'] }), pool('b', { landings: ['/doors', 'x'] })],
      'b',
    ],
    [
      'a pool for some before one for all',
      [pool('a'), pool('b', { referrers: ['google.com'] })],
      'b',
    ],
    ['then the oldest', [landing('a', '/doors', 2), landing('b', '/doors', 1)], 'b'],
    ['then the lower id', [landing('a', '/doors', 1, '2'), landing('b', '/doors', 1, '1')], 'b'],
  ])('is broken by %s', (_by, trackers, winner) => {
    expect(chosen(trackers)).toBe(winner);
    expect(chosen(trackers.toReversed())).toBe(winner);
  });

  it('is broken the same way in any order', () => {
    const all = [
      ...['/d', '/do', '/doors', '/doors'].map((text, n) => landing(`l${n}`, text, 1 + (n % 2))),
      ...[search('GOOGLE', 'PAID'), search('ALL', 'ALL'), search('GOOGLE', 'ALL')].map((match, n) =>
        source(`s${n}`, match),
      ),
      ...[source('always', { kind: 'ALWAYS' }), pool('p1'), pool('p2', { landings: ['/doors'] })],
    ];
    const [first] = chooseTrackers(all, ADVERT, [TARGET]);
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (turned) => {
        expect(chooseTrackers(turned, ADVERT, [TARGET])).toEqual([first]);
      }),
    );
  });
});

describe('a source tracker is for', () => {
  it.each([
    ['?promo', true, false],
    ['?promo=', true, false],
    ['?a=1&Promo=+', true, false],
    ['#/doors?promo', true, false],
    ['?promo&promo=1', true, true],
    ['#promo', false, false],
  ] as const)('a page with %s as promo: %s, as promo=1: %s', (query, ...expected) => {
    const given = visit(`${PAGE}/${query}`);
    const isFor = (parameter: string) => fits({ kind: 'LANDING_PARAMETER', parameter }, given);
    expect([isFor('promo'), isFor('promo=1')]).toEqual(expected);
  });

  it.each<[string, boolean, TrackerMatch, ReturnType<typeof visit>]>([
    [
      'a part of the address',
      true,
      { kind: 'LANDING_URL', landing: 'https://bluebird.example/DOORS' },
      ADVERT,
    ],
    ['another page', false, { kind: 'LANDING_URL', landing: '/windows' }, ADVERT],
    ['a parameter', true, { kind: 'LANDING_PARAMETER', parameter: 'Promo' }, ADVERT],
    ['its value', true, { kind: 'LANDING_PARAMETER', parameter: 'promo=1' }, ADVERT],
    ['another value', false, { kind: 'LANDING_PARAMETER', parameter: 'promo=11' }, ADVERT],
    [
      'a part of its value',
      false,
      { kind: 'LANDING_PARAMETER', parameter: 'promo=1' },
      visit(`${PAGE}/?promo=12`),
    ],
    ['a part of its name', false, { kind: 'LANDING_PARAMETER', parameter: 'prom' }, ADVERT],
    [
      'a parameter behind the hash',
      true,
      { kind: 'LANDING_PARAMETER', parameter: 'promo' },
      visit(`${PAGE}/#/?promo=1`),
    ],
    [
      'the referrer’s domain',
      true,
      { kind: 'REFERRER', referrer: 'yelp.com' },
      visit(PAGE, 'https://m.yelp.com/'),
    ],
    ['its name', true, { kind: 'REFERRER', referrer: 'yelp' }, visit(PAGE, 'https://www.yelp.ca/')],
    [
      'an address as people copy it',
      true,
      { kind: 'REFERRER', referrer: 'https://www.yelp.com/' },
      visit(PAGE, 'https://www.yelp.com/biz/x'),
    ],
    [
      'a page of it',
      true,
      { kind: 'REFERRER', referrer: 'yelp.com/biz' },
      visit(PAGE, 'https://www.yelp.com/biz/x'),
    ],
    [
      'another page of it',
      false,
      { kind: 'REFERRER', referrer: 'yelp.com/biz' },
      visit(PAGE, 'https://www.yelp.com/'),
    ],
    [
      'a part of a word',
      false,
      { kind: 'REFERRER', referrer: 'yelp.com' },
      visit(PAGE, 'https://notyelp.com/'),
    ],
    [
      'a domain below which it is not',
      false,
      { kind: 'REFERRER', referrer: 'yelp.com' },
      visit(PAGE, 'https://yelp.community/'),
    ],
    [
      'what was searched for',
      false,
      { kind: 'REFERRER', referrer: 'yelp.com' },
      visit(PAGE, 'https://www.google.com/search?q=yelp.com'),
    ],
    ['no referrer', false, { kind: 'REFERRER', referrer: 'yelp.com' }, visit(PAGE)],
    ['direct visits', true, { kind: 'DIRECT' }, visit(PAGE)],
    ['direct, with a referrer', false, { kind: 'DIRECT' }, visit(PAGE, 'https://www.google.com/')],
    ['paid Google', true, search('GOOGLE', 'PAID'), ADVERT],
    [
      'paid Google, when it is organic',
      false,
      search('GOOGLE', 'PAID'),
      visit(PAGE, 'https://www.google.com/'),
    ],
    ['organic Google', true, search('GOOGLE', 'ORGANIC'), visit(PAGE, 'https://www.google.com/')],
    ['organic Google, when it is paid', false, search('GOOGLE', 'ORGANIC'), ADVERT],
    ['any Google', true, search('GOOGLE', 'ALL'), ADVERT],
    [
      'Google, when it is mail',
      false,
      search('GOOGLE', 'ALL'),
      visit(PAGE, 'https://mail.google.com/'),
    ],
    [
      'Google, when it is its maps',
      false,
      search('GOOGLE', 'ALL'),
      visit(PAGE, 'https://maps.google.com/'),
    ],
    ['paid Bing', true, search('BING', 'PAID'), visit(`${PAGE}/?msclkid=x`)],
    ['organic Yahoo', true, search('YAHOO', 'ORGANIC'), visit(PAGE, 'https://search.yahoo.com/')],
    ['Yahoo, when it is Bing', false, search('YAHOO', 'ALL'), visit(PAGE, 'https://www.bing.com/')],
    ['any organic search', true, search('ALL', 'ORGANIC'), visit(PAGE, 'https://duckduckgo.com/')],
    [
      'any paid search',
      true,
      search('ALL', 'PAID'),
      visit(`${PAGE}/?utm_source=yandex&utm_medium=cpc`),
    ],
    ['any search, when it is social', false, search('ALL', 'ALL'), visit(`${PAGE}/?ttclid=x`)],
    [
      'any search, when nobody knows it',
      false,
      search('ALL', 'ALL'),
      visit(`${PAGE}/?utm_source=acme&utm_medium=cpc`),
    ],
    ['nobody on pages', false, { kind: 'OFFLINE' }, visit(PAGE)],
    ['nobody on pages', false, { kind: 'GOOGLE_AD_EXTENSION' }, ADVERT],
    ['nobody on pages', false, { kind: 'MOBILE_AD_EXTENSION' }, ADVERT],
    [
      'nobody on pages',
      false,
      { kind: 'GOOGLE_BUSINESS_PROFILE' },
      visit(`${PAGE}/?utm_source=gbp`),
    ],
  ])('%s: %s', (_what, expected, match, given) => {
    expect(fits(match, given)).toBe(expected);
  });
});

describe('a pool is for', () => {
  const google = { searches: [{ engine: 'GOOGLE', searchType: 'PAID' }] } as const;
  it.each<[string, boolean, Partial<PoolMatch> | null, ReturnType<typeof visit>]>([
    ['all', true, null, visit(PAGE)],
    ['a search', true, { searches: [...google.searches] }, ADVERT],
    [
      'another search',
      false,
      { searches: [...google.searches] },
      visit(PAGE, 'https://www.google.com/'),
    ],
    ['direct visits', true, { direct: true }, visit(PAGE)],
    ['a landing page', true, { landings: ['/windows', '/doors'] }, ADVERT],
    ['a referrer', true, { referrers: ['yelp.com'] }, visit(PAGE, 'https://www.yelp.com/')],
    [
      'nothing that fits',
      false,
      { direct: true, landings: ['/x'], referrers: ['yelp.com'] },
      ADVERT,
    ],
    ['all but a search', false, { searches: [...google.searches], inverted: true }, ADVERT],
    [
      'all but a search, when it is none',
      true,
      { searches: [...google.searches], inverted: true },
      visit(PAGE),
    ],
  ])('%s: %s', (_what, expected, match, given) => {
    expect(chosen([pool('it', match)], given)).toBe(expected ? 'it' : null);
  });
});

describe('the choice', () => {
  it('is made for each number of the page that a tracker is for, once', () => {
    const other = '+13125550101';
    const trackers = [made('a'), made('b', { targets: [other, TARGET], createdAt: new Date(0) })];
    const choices = chooseTrackers(trackers, ADVERT, [other, '+13125550102', TARGET, other]);
    expect(choices.map(({ target, tracker }) => [target, tracker.name])).toEqual([
      [other, 'b'],
      [TARGET, 'b'],
    ]);
    expect(choices[1]?.runnersUp.map(({ name }) => name)).toEqual(['a']);
  });

  it('passes over trackers that have no number in service', () => {
    expect(chosen([made('a', { numbers: [] })])).toBeNull();
    expect(chosen([made('a', { numbers: [] }), pool('b')])).toBe('b');
  });

  it('tells the rank, the reason and the runner-up', () => {
    const tell = (...trackers: SwapTracker[]) =>
      chooseTrackers(trackers, ADVERT, [TARGET])[0]?.explanation;
    const ads = source('Ads', search('GOOGLE', 'PAID'));
    expect(tell(ads, made('All'))).toBe(
      '"Ads" is shown by rank 2 (specific referrer): the visit comes from a paid search on Google. Next would be "All" by rank 4 (always shown): it is for every visit.',
    );
    expect(tell(ads)).toMatch(/on Google\. No other tracker fits\.$/);
    const doors = source('Doors', { kind: 'LANDING_URL', landing: '/doors' });
    const short = source('Short', { kind: 'LANDING_URL', landing: '/do' });
    expect(tell(short, doors)).toMatch(
      /Next would be "Short" of the same rank, whose match is shorter\.$/,
    );
    expect(tell(made('New'), made('Old', { createdAt: new Date(0) }))).toMatch(/which is newer\.$/);
    expect(tell(made('b'), made('a'))).toMatch(
      /"b" of the same rank, which was made in the same moment\.$/,
    );
  });

  it('reads the visit once, however many trackers there are', () => {
    const many = Array.from({ length: 20 }, (_, n) => [
      source(`parameter ${n}`, { kind: 'LANDING_PARAMETER', parameter: `p${n}` }),
      source(`referrer ${n}`, { kind: 'REFERRER', referrer: `${n}.example` }),
    ]).flat();
    let reads = 0;
    const given = visit(`${PAGE}/?p7=1`, 'https://3.example/');
    const counted = {
      ...given,
      get landingUrl() {
        reads += 1;
        return given.landingUrl;
      },
      get referrer() {
        reads += 1;
        return given.referrer;
      },
    };
    expect(chosen(many, counted)).toBe('parameter 7');
    expect(reads).toBe(2);
  });

  it('is never held up by what an address holds', () => {
    const all = [
      source('a', { kind: 'LANDING_URL', landing: '/x' }),
      source('b', { kind: 'LANDING_PARAMETER', parameter: '=' }),
      source('c', { kind: 'REFERRER', referrer: '///' }),
      pool('d', { landings: [''], referrers: ['?'] }),
    ];
    const text = fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)) });
    fc.assert(
      fc.property(text, text, (url, referrer) => {
        expect(() => chooseTrackers(all, visit(url, referrer), [TARGET])).not.toThrow();
      }),
    );
  });
});
