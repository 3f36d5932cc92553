// The helper for servers that render pages: asks as a browser would, hands on the same visitor, and never fails a page.
import { beforeEach, expect, it } from 'vitest';
import { assignNumbers } from '#browser/swap/assign-numbers.ts';
import { openSmallCollect } from '../support/small-collect.ts';

const KEY = 'sb_site_bluebird';
const collect = await openSmallCollect();
const server = collect.url.replace('collect.example', '127.0.0.1');
const page = {
  server,
  key: KEY,
  url: 'https://www.bluebird.example/doors?gclid=abc',
  referrer: 'https://search.example/',
  numbers: ['+13125550100', '+13125550199'],
};

beforeEach(() => {
  collect.sites.clear();
  collect.sites.set(KEY, { '+13125550100': '+13125550142' });
  collect.told.length = 0;
  collect.failing = undefined;
  collect.slow = Promise.resolve();
});

it('answers the numbers, and a cookie by which swap.js and the next page go on', async () => {
  const first = await assignNumbers(page);
  expect(first.numbers).toEqual({ '+13125550100': '+13125550142' });
  expect(first.swap('Call (312) 555-0100, tel:3125550100')).toBe(
    'Call (312) 555-0142, tel:3125550142',
  );
  expect(first.setCookie).toMatch(
    /^sb_site_bluebird=1\.[\w-]{36}\.session-\d+\.\d+\.\d+-\d+; Path/,
  );
  expect(first.setCookie).toMatch(/; SameSite=Lax; Max-Age=7776000; Secure$/);
  await assignNumbers({ ...page, cookie: `a=b; ${first.setCookie?.split(';')[0]}` });
  const [one, two] = collect.told;
  expect(one).toMatchObject({
    origin: 'https://www.bluebird.example',
    body: { url: page.url, referrer: page.referrer },
  });
  expect(two?.body.visitor).toBe(one?.body.visitor);
  expect(two?.body.previous).toEqual({ session: expect.stringMatching(/^session-/) });
});

it('without consent: numbers, and nothing to keep', async () => {
  const answer = await assignNumbers({ ...page, consent: 'denied' });
  expect(answer.numbers).toEqual({ '+13125550100': '+13125550142' });
  expect(answer.setCookie).toBeNull();
  expect(Object.keys(collect.told[0]?.body ?? {})).not.toContain('visitor');
});

it.each([
  [
    'cuts the connection',
    () => {
      collect.failing = 0;
    },
  ],
  [
    'is unwell',
    () => {
      collect.failing = 503;
    },
  ],
  [
    'refuses the key',
    () => {
      collect.sites.clear();
    },
  ],
  [
    'is too slow',
    () => {
      collect.slow = new Promise(() => {});
    },
  ],
])('a server that %s leaves the page as it is', async (_, fail) => {
  fail();
  const answer = await assignNumbers({ ...page, timeoutMs: 100 });
  expect(answer.numbers).toEqual({});
  expect(answer.swap('312-555-0100')).toBe('312-555-0100');
  expect(answer.setCookie).toBeNull();
});

it('an address that is none leaves the page as it is', async () => {
  expect((await assignNumbers({ ...page, url: 'no address' })).numbers).toEqual({});
});
