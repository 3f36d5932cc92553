// Servers that render pages ask for all their visitors from one address: one that proves by a key whose it is has no
// household's limits, those for whom it asks have their own; and a visitor's no holds, wherever it stands.
import { expect, it } from 'vitest';
import { assignNumbers } from '#browser/swap/assign-numbers.ts';
import { createApiKey } from '#domains/accounts/index.ts';
import { BUSINESS, FEW_TRIES, ORIGIN, openWebsite } from '#tests/domains/visitors/website.ts';
import type { Scope } from '#values/scopes.ts';
import { BROWSER } from '../support/collect-town.ts';

const web = await openWebsite();
const OURS = '+13125550161';

/** A company whose pages a server renders: each request is a new visitor's, unless told otherwise. */
async function settle() {
  const site = await web.settle();
  const [number = ''] = (
    await site.tracker({ type: 'SOURCE', targets: [BUSINESS], numbers: [OURS] })
  ).numbers;
  const renders = (more: { apiKey?: string; address?: string; headers?: object } = {}) =>
    assignNumbers({
      ...{ server: web.url, key: site.key, url: `${ORIGIN}/?gclid=abc`, numbers: [BUSINESS] },
      ...{ timeoutMs: 10_000, ...more },
      headers: { 'user-agent': BROWSER, ...more.headers },
    });
  const served = async (most: number, ask: (n: number) => ReturnType<typeof renders>) => {
    const answers = await Promise.all(Array.from({ length: most }, (_, n) => ask(n)));
    return answers.filter(({ numbers }) => numbers[BUSINESS] === number).length;
  };
  /** as its server has it in its settings */
  const apiKey = async (scopes: Scope[] = ['visitors:write']) => {
    const key = { name: 'Pages', scopes, companyIds: [site.companyId] };
    return (await createApiKey(web, site.viewer, key)).secret ?? '';
  };
  return { ...site, renders, served, apiKey };
}

it('a server without a key is one household; with a key as many come as there are', async () => {
  const { renders, served, sessions, apiKey } = await settle();
  expect(await served(75, () => renders())).toBe(60);
  const key = await apiKey();
  expect(await served(75, () => renders({ apiKey: key }))).toBe(75);
  expect(await sessions()).toHaveLength(135);
});

it('with a key, a household that the server names has its own limit, and nobody else bears it', async () => {
  const { renders, served, apiKey } = await settle();
  const key = await apiKey();
  // a hundredth of the tries: one new visitor a minute
  const [address] = FEW_TRIES;
  expect(await served(5, () => renders({ apiKey: key, address }))).toBe(1);
  expect(await served(5, (n) => renders({ apiKey: key, address: `198.51.100.${n}` }))).toBe(5);
  expect(await served(3, () => renders({ apiKey: key, address: 'unknown' }))).toBe(3);
});

it('new campaigns of all its visitors have the company’s limit a day, those of one of them an address’s', async () => {
  const { accountId, visitBody, apiKey } = await settle();
  const authorization = `Bearer ${await apiKey()}`;
  const comes = async (n: number, headers: object) => {
    const url = `${ORIGIN}/?utm_source=mail&utm_campaign=c${n}`;
    const answer = await web.post('visit', visitBody({ url }), { authorization, ...headers });
    expect(answer.status).toBe(200);
  };
  for (let n = 0; n < 101; n++) await comes(n, {});
  const others = () => web.db.prisma.source.count({ where: { accountId, name: 'Other' } });
  expect(await others()).toBe(0);
  expect(await web.db.prisma.source.count({ where: { accountId, medium: { not: '' } } })).toBe(101);
});

it('a key that is not good, may not, or is another company’s gives nothing', async () => {
  const { visitBody, apiKey, renders, sessions } = await settle();
  const foreign = await (await settle()).apiKey();
  const poor = await apiKey(['numbers:read']);
  for (const [key, status, code] of [
    ['sb_live_forged', 401, 'UNAUTHENTICATED'],
    [poor, 403, 'FORBIDDEN'],
    [foreign, 403, 'FORBIDDEN'],
  ] as const) {
    const answer = await web.post('visit', visitBody(), { authorization: `Bearer ${key}` });
    expect(answer).toMatchObject({ status, body: { code } });
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    expect((await renders({ apiKey: key })).numbers).toEqual({});
  }
  expect(await sessions()).toEqual([]);
});

it('who tries keys is counted where he is', async () => {
  const { visitBody } = await settle();
  const headers = { authorization: 'Bearer sb_live_forged', 'x-forwarded-for': FEW_TRIES[1] };
  const tries = Array.from({ length: 31 }, () => web.post('visit', visitBody(), headers));
  const statuses = (await Promise.all(tries)).map(({ status }) => status);
  expect(statuses.filter((status) => status === 401)).toHaveLength(30);
  expect(statuses.filter((status) => status === 429)).toHaveLength(1);
});

it.each([
  ['Sec-GPC', { 'sec-gpc': '1' }],
  ['DNT, as a gateway spells it', { DNT: '1' }],
])(
  'a visitor who says no by %s: nothing is stored, no cookie is set, and none is read',
  async (_, no) => {
    const { renders, sessions } = await settle();
    const known = (await renders()).setCookie?.split(';')[0];
    expect(await sessions()).toHaveLength(1);
    const answer = await renders({ headers: { ...no, cookie: known } });
    expect(answer).toMatchObject({ numbers: { [BUSINESS]: OURS }, setCookie: null });
    expect(await sessions()).toHaveLength(1);
    // said of something else, or taken back
    expect((await renders({ headers: { 'sec-gpc': '0', dnt: 'null' } })).setCookie).not.toBeNull();
  },
);
