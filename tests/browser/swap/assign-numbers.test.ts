// The helper for servers that render pages: asks as a browser would, hands on the same visitor, and never fails a page.
import { expect, it } from 'vitest';
import { assignNumbers } from '#browser/swap/assign-numbers.ts';
import { BROWSER, OURS, openCollectTown, TARGET } from '../support/collect-town.ts';

const { collect, site } = await openCollectTown();
const pageOf = () => ({
  server: collect.url.replace('collect.example', '127.0.0.1'),
  key: site().key,
  url: 'https://www.bluebird.example/doors?gclid=abc',
  headers: { 'user-agent': BROWSER, referer: 'https://search.example/' },
  numbers: [TARGET, '+13125550199'],
  timeoutMs: 10_000,
});

it('answers the numbers, and a cookie by which swap.js and the next page go on', async () => {
  const page = pageOf();
  const first = await assignNumbers(page);
  expect(first.numbers).toEqual({ [TARGET]: OURS });
  expect(first.swap('Call (312) 555-0100, tel:3125550100')).toBe(
    'Call (312) 555-0142, tel:3125550142',
  );
  expect(first.setCookie).toMatch(/^sb_site_\w+=1\.[\w-]{36}\.[\w-]{36}\.\d+\.\d+-\d+; Path/);
  expect(first.setCookie).toMatch(/; SameSite=Lax; Max-Age=7776000; Secure$/);
  const cookie = `a=b; ${first.setCookie?.split(';')[0]}`;
  await assignNumbers({ ...page, headers: new Headers({ ...page.headers, cookie }) });
  const [one, two] = collect.told;
  expect(one).toMatchObject({
    origin: 'https://www.bluebird.example',
    body: { url: page.url, referrer: page.headers.referer },
  });
  expect(two?.body.visitor).toBe(one?.body.visitor);
  const [session] = await site().sessions();
  expect(session).toMatchObject({ visitorId: one?.body.visitor, sourceName: 'Google Ads' });
  expect(await site().sessions()).toHaveLength(1);
  // the page itself tells that it was seen
  expect(await site().pageViews()).toEqual([]);
});

it.each([
  ['bluebird.example', '; Domain=bluebird.example'],
  ['.Bluebird.Example', '; Domain=bluebird.example'],
  ['www.bluebird.example', '; Domain=www.bluebird.example'],
  // browsers refuse a cookie for the pages of others: then it is of this host alone
  ['bird.example', ''],
  ['shop.bluebird.example', ''],
  ['sparrow.example', ''],
  ['', ''],
])('of the domain %s the cookie says "%s"', async (domain, said) => {
  const { setCookie } = await assignNumbers({ ...pageOf(), domain });
  expect(setCookie?.split('; Secure')[1]).toBe(said);
});

it('without consent: numbers of the landing page, and nothing to keep', async () => {
  const match = { kind: 'LANDING_PARAMETER', parameter: 'gclid' };
  const number = '+13125550150';
  await site().tracker({ type: 'SOURCE', match, targets: [TARGET], numbers: [number] });
  const answer = await assignNumbers({ ...pageOf(), consent: 'denied' });
  expect(answer.numbers).toEqual({ [TARGET]: number });
  expect(answer.setCookie).toBeNull();
  expect(Object.keys(collect.told[0]?.body ?? {})).not.toContain('visitor');
});

it.each([
  [
    'cuts the connection',
    () => {
      collect.failing = 0;
      return {};
    },
  ],
  [
    'is unwell',
    () => {
      collect.failing = 503;
      return {};
    },
  ],
  ['refuses the key', () => ({ key: 'sb_site_forged' })],
  [
    'is too slow',
    () => {
      collect.slow = new Promise(() => {});
      return {};
    },
  ],
])('a server that %s leaves the page as it is', async (_, fail) => {
  const answer = await assignNumbers({ ...pageOf(), timeoutMs: 100, ...fail() });
  expect(answer.numbers).toEqual({});
  expect(answer.swap('312-555-0100')).toBe('312-555-0100');
  expect(answer.setCookie).toBeNull();
});

it('an address that is none leaves the page as it is', async () => {
  expect((await assignNumbers({ ...pageOf(), url: 'no address' })).numbers).toEqual({});
});
