// What may be said of the visitors that a tracker is shown to: each kind with its fields, and nothing else.
import { describe, expect, it } from 'vitest';
import { matchShape, poolMatchShape } from '#domains/numbers/match-input.ts';
import { parseInput } from '#values/parse-input.ts';
import { Refused } from '#values/refusals.ts';

function faultsOf(parse: () => unknown): [string, string][] {
  try {
    parse();
  } catch (thrown) {
    if (!(thrown instanceof Refused)) throw thrown;
    return [thrown, ...thrown.also].map(({ field, message }) => [field.join('.'), message]);
  }
  return [];
}

describe('the match of a source tracker', () => {
  it.each([
    [{ kind: 'ALWAYS' }],
    [{ kind: 'LANDING_URL', landing: '/spring?utm_source=x' }],
    [{ kind: 'LANDING_PARAMETER', parameter: 'promo' }],
    [{ kind: 'LANDING_PARAMETER', parameter: 'promo=1=2' }],
    [{ kind: 'REFERRER', referrer: 'yelp.com' }],
    [{ kind: 'DIRECT' }],
    [{ kind: 'SEARCH', engine: 'BING', searchType: 'ORGANIC' }],
    [{ kind: 'OFFLINE' }],
    [{ kind: 'GOOGLE_AD_EXTENSION' }],
    [{ kind: 'MOBILE_AD_EXTENSION' }],
    [{ kind: 'GOOGLE_BUSINESS_PROFILE' }],
  ])('takes %j as it is, without the fields of other kinds', (match) => {
    const empty = { landing: null, parameter: undefined, engine: null };
    expect(parseInput(matchShape, { ...empty, ...match })).toEqual(match);
  });

  it('takes texts at their limits, without the space around them', () => {
    const landing = 'x'.repeat(500);
    expect(parseInput(matchShape, { kind: 'LANDING_URL', landing: ` ${landing} ` })).toEqual({
      kind: 'LANDING_URL',
      landing,
    });
  });

  it.each([
    [{ kind: 'EVER' }, 'kind', /takes one of ALWAYS, LANDING_URL/],
    [{ kind: 'LANDING_URL' }, 'landing', /LANDING_URL needs landing/],
    [{ kind: 'LANDING_URL', landing: ' ' }, 'landing', /1 to 500 characters/],
    [{ kind: 'LANDING_URL', landing: 'x'.repeat(501) }, 'landing', /1 to 500 characters/],
    [{ kind: 'REFERRER', referrer: '' }, 'referrer', /1 to 500 characters/],
    [{ kind: 'LANDING_PARAMETER', parameter: 'a&b' }, 'parameter', /promo=1/],
    [{ kind: 'LANDING_PARAMETER', parameter: '?promo' }, 'parameter', /promo=1/],
    [{ kind: 'LANDING_PARAMETER', parameter: '=1' }, 'parameter', /promo=1/],
    [{ kind: 'LANDING_PARAMETER', parameter: 'x'.repeat(201) }, 'parameter', /1 to 200/],
    [{ kind: 'SEARCH', searchType: 'PAID' }, 'engine', /SEARCH needs engine/],
    [{ kind: 'SEARCH', engine: 'ASK', searchType: 'PAID' }, 'engine', /takes one of GOOGLE/],
    [{ kind: 'DIRECT', referrer: 'yelp.com' }, 'referrer', /DIRECT takes no referrer/],
    [{ kind: 'OFFLINE', landing: '/' }, 'landing', /OFFLINE takes no landing/],
  ])('refuses %j and names the field', (match, field, message) => {
    expect(faultsOf(() => parseInput(matchShape, match))).toEqual([
      [field, expect.stringMatching(message)],
    ]);
  });

  it('names every bad field at once', () => {
    const faults = faultsOf(() => parseInput(matchShape, { kind: 'SEARCH', referrer: 'a' }));
    expect(faults.map(([field]) => field)).toEqual(['engine', 'searchType', 'referrer']);
  });
});

describe('the match of a session tracker', () => {
  it('takes any part alone, the others empty', () => {
    const none = { direct: false, searches: [], landings: [], referrers: [], inverted: false };
    const search = { engine: 'GOOGLE', searchType: 'PAID' };
    for (const part of [{ direct: true }, { searches: [search] }, { landings: ['/a'] }]) {
      expect(parseInput(poolMatchShape, part)).toEqual({ ...none, ...part });
    }
    expect(parseInput(poolMatchShape, { referrers: ['bing.'], inverted: true })).toEqual({
      ...none,
      referrers: ['bing.'],
      inverted: true,
    });
  });

  it.each([
    [{}, '', /needs direct, searches, landings or referrers/],
    [{ direct: false, inverted: true }, '', /needs direct/],
    [{ landings: Array(21).fill('a') }, 'landings', /at most 20/],
    [{ referrers: ['a', ''] }, 'referrers.1', /1 to 500 characters/],
    [{ searches: [{ engine: 'GOOGLE', searchType: 'FREE' }] }, 'searches.0.searchType', /PAID/],
  ])('refuses %j', (match, field, message) => {
    expect(faultsOf(() => parseInput(poolMatchShape, match))).toEqual([
      [field, expect.stringMatching(message)],
    ]);
  });
});
