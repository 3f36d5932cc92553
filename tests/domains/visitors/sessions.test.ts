// Sessions: when a visit goes on with one and when it begins another, and which of them gives the visitor their source.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { RULES_VERSION } from '#domains/visitors/sources/tables/tables.ts';
import { schema } from '#schema';
import { runOperation } from '#tests/support/operation.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import { ORIGIN, openWebsite } from './website.ts';

const web = await openWebsite();
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const GOOGLE = 'https://www.google.com/';
const landing = (query: string) => ({ url: `${ORIGIN}/?${query}` });

/** What each session of the company is told apart by. */
const told = (rows: { sourceName: string; medium: string; setsSource: boolean }[]) =>
  rows.map(
    ({ sourceName, medium, setsSource }) => `${sourceName}/${medium}${setsSource ? '!' : ''}`,
  );

describe('a session', () => {
  it('goes on for 30 minutes after its last sign of life', async () => {
    const { browser, sessions } = await web.settle();
    const ada = browser();
    await ada.visits({ referrer: GOOGLE });
    web.clock.advance(30 * MINUTE - 1);
    await ada.visits();
    web.clock.advance(30 * MINUTE);
    await ada.visits();
    expect(told(await sessions())).toEqual(['Google Organic/organic!', 'Direct/direct']);
  });

  it('ends after 24 hours, however busy it is', async () => {
    const { browser, sessions } = await web.settle();
    const ada = browser();
    await ada.visits();
    for (let hour = 0; hour < 47; hour += 1) {
      web.clock.advance(29 * MINUTE);
      expect((await ada.beats()).status).toBe(204);
    }
    web.clock.advance(29 * MINUTE);
    expect([(await sessions()).length, (await ada.beats()).status]).toEqual([1, 204]);
    web.clock.advance(29 * MINUTE);
    expect((await ada.beats()).status).toBe(204);
    web.clock.advance(19 * MINUTE);
    expect((await ada.beats()).status).toBe(410);
    await ada.visits();
    expect(await sessions()).toHaveLength(2);
  });

  it('ends at once when another campaign or click id brings the visitor; a reload does not', async () => {
    const { browser, sessions } = await web.settle();
    const ada = browser();
    await ada.visits(landing('utm_source=facebook&utm_medium=social&utm_campaign=spring'));
    await ada.visits(landing('utm_source=facebook&utm_medium=social&utm_campaign=spring'));
    await ada.visits(landing('utm_source=facebook&utm_medium=social&utm_campaign=summer'));
    await ada.visits(landing('gclid=one'));
    await ada.visits(landing('gclid=one'));
    await ada.visits(landing('gclid=two'));
    const rows = await sessions();
    expect(rows.map(({ campaign, clickIds }) => [campaign, clickIds])).toEqual([
      ['spring', {}],
      ['summer', {}],
      ['', { gclid: 'one' }],
      ['', { gclid: 'two' }],
    ]);
  });

  it('is not ended by a direct visit, by the site itself, nor by the way back from paying', async () => {
    const { browser, sessions } = await web.settle();
    const ada = browser();
    await ada.visits({ referrer: GOOGLE });
    for (const referrer of [
      '',
      `${ORIGIN}/cart`,
      'https://shop.garage.example/',
      'https://checkout.stripe.com/',
    ]) {
      await ada.visits({ referrer });
    }
    expect(told(await sessions())).toEqual(['Google Organic/organic!']);
  });

  it('that begins on a page left open long ago has what brought the visitor before', async () => {
    const { browser, sessions } = await web.settle();
    const ada = browser();
    await ada.visits({ referrer: GOOGLE });
    web.clock.advance(60 * MINUTE);
    await ada.visits({ referrer: `${ORIGIN}/prices` });
    expect(told(await sessions())).toEqual(['Google Organic/organic!', 'Google Organic/organic']);
  });

  it('belongs to one company: the same browser elsewhere is another visitor', async () => {
    const [here, there] = [await web.settle(), await web.settle()];
    const { visitor, visits } = here.browser();
    const first = await visits();
    const { key } = there;
    const body = there.visitBody({ key, visitor });
    const second = await web.post('visit', body);
    expect(second.body.session).not.toBe(first.body.session);
    const replayed = await web.post('visit', {
      ...body,
      key: here.key,
      visitor: here.browser().visitor,
    });
    expect(replayed.body.session).not.toBe(second.body.session);
    expect([(await here.sessions()).length, (await there.sessions()).length]).toEqual([2, 1]);
  });
});

describe('the visitor’s source', () => {
  it('is the first one, for as long as the cookie lives, which each visit renews', async () => {
    const { browser, sessions } = await web.settle({ cookieDays: 10 });
    const ada = browser();
    await ada.visits({ referrer: GOOGLE });
    web.clock.advance(9 * DAY);
    await ada.visits({ referrer: 'https://www.facebook.com/' });
    web.clock.advance(9 * DAY);
    await ada.visits(landing('gclid=x'));
    web.clock.advance(10 * DAY);
    await ada.visits({ referrer: 'https://www.bing.com/' });
    expect((await sessions()).map(({ setsSource }) => setsSource)).toEqual([
      true,
      false,
      false,
      true,
    ]);
  });

  it('is replaced by a paid click or a landing parameter where the site says so', async () => {
    const { browser, sessions } = await web.settle({
      paidClickOverrides: true,
      landingOverrideParameter: 'promo',
    });
    const ada = browser();
    await ada.visits({ referrer: GOOGLE });
    await ada.visits({ referrer: 'https://www.facebook.com/' });
    await ada.visits(landing('gclid=x'));
    await ada.visits({ referrer: 'https://www.bing.com/' });
    await ada.visits({ referrer: 'https://partner.example/', ...landing('promo=1') });
    expect((await sessions()).map(({ setsSource }) => setsSource)).toEqual([
      true,
      false,
      true,
      false,
      true,
    ]);
  });
});

describe('a landing parameter that overrides sources', () => {
  const site = () => web.settle({ landingOverrideParameter: 'Promo' });

  it('has a direct visit begin a session at once, which gives the visitor their source; a reload does not', async () => {
    const { browser, sessions } = await site();
    const ada = browser();
    await ada.visits({ referrer: GOOGLE });
    web.clock.advance(MINUTE);
    await ada.visits(landing('promo=spring'));
    const given = ['Google Organic/organic!', 'Direct/direct!'];
    expect(told(await sessions())).toEqual(given);
    for (const again of [
      landing('promo=spring'),
      { url: `${ORIGIN}/doors?promo=spring#oak` },
      { ...landing('promo=other'), referrer: `${ORIGIN}/` },
      {},
    ]) {
      await ada.visits(again);
      expect(told(await sessions())).toEqual(given);
    }
    await ada.visits(landing('promo=summer'));
    expect(told(await sessions())).toEqual([...given, 'Direct/direct!']);
  });

  it.each(['PROMO=1', 'promo', 'a=1&promo=', '#/?promo=1'])(
    'is read as other parameters are: %s',
    async (query) => {
      const { browser, sessions } = await site();
      const ada = browser();
      await ada.visits({ referrer: GOOGLE });
      web.clock.advance(60 * MINUTE);
      await ada.visits(landing(query));
      web.clock.advance(60 * MINUTE);
      await ada.visits(landing('promotion=1'));
      expect((await sessions()).map(({ setsSource }) => setsSource)).toEqual([true, true, false]);
    },
  );
});

it('one address brings only so many of them', async () => {
  const { browser, accountId } = await web.settle();
  const headers = { 'x-forwarded-for': '203.0.113.77' };
  await browser(headers).visits(landing('utm_source=flood&utm_campaign=one'));
  await web.db.prisma.rateLimit.updateMany({
    where: { key: { startsWith: 'new-sources-of-sender:' }, points: 1 },
    data: { points: 100 },
  });
  await browser(headers).visits(landing('utm_source=flood&utm_campaign=two'));
  await browser().visits(landing('utm_source=flood&utm_campaign=three'));
  const campaigns = await web.db.prisma.source.findMany({ where: { accountId } });
  expect(campaigns.map(({ campaign }) => campaign).sort()).toEqual(['', 'one', 'three']);
});

it('a company gets only so many new sources a day; its sessions keep their words', async () => {
  const { browser, accountId, companyId, sessions } = await web.settle();
  const company = createHash('sha256').update(companyId).digest('base64url');
  const until = BigInt(Date.now() + DAY);
  // as it stands after a day's thousand
  await web.db.prisma.rateLimit.create({
    data: { key: `new-sources:${company}`, points: 1_000, expire: until },
  });
  await browser().visits(landing('utm_source=flood&utm_campaign=one'));
  await browser().visits(landing('utm_source=flood&utm_campaign=two'));
  const names = await web.db.prisma.source.findMany({ where: { accountId } });
  expect(names.map(({ name, campaign }) => [name, campaign])).toEqual([['Other', '']]);
  expect((await sessions()).map(({ campaign }) => campaign)).toEqual(['one', 'two']);
  // the next day
  await web.db.prisma.rateLimit.delete({ where: { key: `new-sources:${company}` } });
  await browser().visits(landing('utm_source=flood&utm_campaign=one'));
  const source = await web.db.prisma.source.findFirst({ where: { accountId, campaign: 'one' } });
  expect(source).not.toBeNull();
  expect((await sessions()).at(-1)?.sourceId).toBe(source?.id);
});

it('keeps the version of the tables that a session was judged by, also where its source goes on', async () => {
  const { browser, sessions, accountId, viewer } = await web.settle();
  const ada = browser();
  await ada.visits(landing('utm_source=news&utm_medium=email'));
  const [first] = await sessions();
  expect(first?.rulesVersion).toBe(RULES_VERSION);
  // as it was judged last year
  const where = { accountId_id: { accountId, id: first?.id ?? '' } };
  await web.db.prisma.visitorSession.update({ where, data: { rulesVersion: '2025.1.1' } });
  web.clock.advance(2 * 3_600_000);
  await ada.visits({ url: `${ORIGIN}/contact`, referrer: `${ORIGIN}/` });
  const [, goingOn] = await sessions();
  expect(goingOn).toMatchObject({ sourceName: first?.sourceName, rulesVersion: '2025.1.1' });
  const query = `query($id: ID!) { node(id: $id) { ... on VisitorSession { ruleId rulesVersion } } }`;
  const id = encodeGlobalId('VisitorSession', goingOn?.id ?? '');
  const { data } = await runOperation(schema, query, { id }, { platform: web as never, viewer });
  expect(data.node).toEqual({ ruleId: 'utm.source-as-given', rulesVersion: '2025.1.1' });
});
