// The visitors' part of the API: sites and their keys, sessions with their page views, assignments for servers, pools.
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { schema } from '#schema';
import { runOperation } from '#tests/support/operation.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import type { Viewer } from '#values/viewer.ts';
import { BUSINESS, ORIGIN, openWebsite } from './website.ts';

const web = await openWebsite();
const platform = { ...web, publicUrl: () => 'https://switchboard.example' };
const ask = (viewer: Viewer, source: string, variables: Record<string, unknown> = {}) =>
  runOperation(schema, source, variables, { platform, viewer });
const change = async (viewer: Viewer, name: string, input: object, fields: string) => {
  const Name = name.charAt(0).toUpperCase() + name.slice(1);
  const source = `mutation($input: ${Name}Input!) { ${name}(input: $input) { ${fields} userErrors { code field message } } }`;
  const { data, errors } = await ask(viewer, source, { input });
  if (errors) throw new Error(JSON.stringify(errors));
  return data[name];
};

describe('a site', () => {
  it('is made by its first settings, with a key and the line for its pages', async () => {
    const { viewer, companyId, otherCompanyId, accountId } = await web.settle();
    const id = encodeGlobalId('Company', otherCompanyId);
    const read = 'query($id: ID!) { node(id: $id) { ... on Company { site { version } } } }';
    expect((await ask(viewer, read, { id })).data.node).toEqual({ site: null });
    const input = {
      companyId: id,
      domains: ['Garage.Example.', 'garage.example', 'bücher.example'],
    };
    const made = await change(
      viewer,
      'updateSite',
      input,
      'site { snippet asyncSnippet publishableKey domains cookieDays enabled deniedVisits lastSeenAt company { id } }',
    );
    const { publishableKey } = made.site;
    expect(made).toMatchObject({
      site: {
        snippet: `<script src="https://switchboard.example/swap.js" data-key="${publishableKey}"></script>`,
        asyncSnippet: `<script src="https://switchboard.example/swap.js" data-key="${publishableKey}" async></script>`,
        domains: ['garage.example', 'xn--bcher-kva.example'],
        cookieDays: 90,
        enabled: true,
        deniedVisits: 0,
        lastSeenAt: null,
        company: { id },
      },
      userErrors: [],
    });
    expect(publishableKey).toMatch(/^sb_site_[0-9A-Za-z]{36}$/);
    expect((await ask(viewer, read, { id })).data.node.site.version).toBe(2);
    const same = await change(viewer, 'updateSite', input, 'site { version }');
    expect(same.site.version).toBe(2);
    const audits = await web.db.prisma.auditEntry.findMany({ where: { accountId } });
    expect(audits.map(({ action, subject }) => [action, subject])).toEqual([
      ['updateSite', `site:${companyId}`],
      ['updateSite', `site:${otherCompanyId}`],
    ]);
  });

  it('refuses what its settings cannot be, naming the field', async () => {
    const { viewer, companyId } = await web.settle();
    const id = encodeGlobalId('Company', companyId);
    const wrong: [string, object][] = [
      ['domains', { domains: ['https://garage.example'] }],
      ['domains', { domains: ['*.garage.example'] }],
      ['domains', { domains: ['com'] }],
      ['domains', { domains: ['10.0.0.1'] }],
      ['domains', { domains: Array.from({ length: 101 }, (_, n) => `a${n}.example`) }],
      ['domains', { domains: null }],
      ['cookieDays', { cookieDays: 181 }],
      ['cookieDays', { cookieDays: 0 }],
      ['landingOverrideParameter', { landingOverrideParameter: 'a=b' }],
      ['customCookies', { customCookies: ['a b'] }],
      ['customCookies', { customCookies: Array.from({ length: 21 }, (_, n) => `c${n}`) }],
      ['expectedVersion', { expectedVersion: 7 }],
    ];
    for (const [field, fields] of wrong) {
      const { site, userErrors } = await change(
        viewer,
        'updateSite',
        { companyId: id, ...fields },
        'site { version }',
      );
      expect(site, field).toBeNull();
      expect(userErrors[0].field[0]).toBe(field);
    }
  });

  it('changes its key once at a time, and for each idempotencyKey once', async () => {
    const { viewer, companyId, key } = await web.settle();
    const input = { companyId: encodeGlobalId('Company', companyId), idempotencyKey: randomUUID() };
    const fields = 'site { publishableKey previousKeyExpiresAt }';
    const first = await change(viewer, 'rotateSiteKey', input, fields);
    expect(first.site.publishableKey).not.toBe(key);
    const tomorrow = web.clock.now(viewer.accountId).getTime() + 24 * 3_600_000;
    expect(first.site.previousKeyExpiresAt).toBe(new Date(tomorrow).toISOString());
    expect(await change(viewer, 'rotateSiteKey', input, fields)).toEqual(first);
    const { idempotencyKey: _, ...anew } = input;
    expect((await change(viewer, 'rotateSiteKey', anew, fields)).userErrors).toMatchObject([
      { code: 'WRONG_STATE' },
    ]);
    const cut = await change(viewer, 'rotateSiteKey', { ...anew, overlapSeconds: 0 }, fields);
    expect(cut.site).toMatchObject({ previousKeyExpiresAt: null });
  });
});

describe('sessions', () => {
  const SESSIONS = `query($filter: VisitorSessionFilter, $first: Int) { visitorSessions(filter: $filter) { totalCount nodes {
    id visitorId sourceName medium landingPageUrl referrer device setsSource source { name } clickIds { name value }
    customCookies { name value } pageViews(first: $first) { totalCount nodes { url title } pageInfo { hasNextPage } } } } }`;

  it('are listed with their page views, the latest first', async () => {
    const { viewer, browser, companyId } = await web.settle({ customCookies: ['plan'] });
    const ada = browser();
    await ada.visits({ url: `${ORIGIN}/?gclid=abc&email=ada`, cookies: { plan: 'gold' } });
    for (const path of ['/a', '/b']) {
      web.clock.advance(1_000);
      await ada.views(path);
    }
    await browser().visits();
    const filter = {
      visitorId: ada.visitor,
      companyIds: [encodeGlobalId('Company', companyId)],
    };
    const { data } = await ask(viewer, SESSIONS, { filter, first: 2 });
    expect(data.visitorSessions).toMatchObject({
      totalCount: 1,
      nodes: [
        {
          id: encodeGlobalId('VisitorSession', ada.session() ?? ''),
          sourceName: 'Google Ads',
          medium: 'cpc',
          source: { name: 'Google Ads' },
          landingPageUrl: `${ORIGIN}/?gclid=abc&email=ada`,
          referrer: null,
          device: 'DESKTOP',
          setsSource: true,
          clickIds: [{ name: 'gclid', value: 'abc' }],
          customCookies: [{ name: 'plan', value: 'gold' }],
          pageViews: {
            totalCount: 3,
            nodes: [{ url: `${ORIGIN}/b` }, { url: `${ORIGIN}/a` }],
            pageInfo: { hasNextPage: true },
          },
        },
      ],
    });
    const blind = { ...viewer, scopes: ['leads:read' as const] };
    const masked = (await ask(blind, SESSIONS, { filter })).data.visitorSessions.nodes[0];
    expect(masked).toMatchObject({
      source: null,
      landingPageUrl: `${ORIGIN}/`,
      customCookies: null,
    });
    const elsewhere = { ...viewer, companyIds: [randomUUID()] };
    expect((await ask(elsewhere, SESSIONS)).data.visitorSessions.nodes).toEqual([]);
    const bad = await ask(viewer, SESSIONS, { filter: { visitorId: 'x' } });
    expect(bad.errors?.[0].extensions.code).toBe('BAD_INPUT');
  });
});

describe('assignNumbers', () => {
  const FIELDS = 'sessionId session { id visitorId } swaps { target number sms }';

  it('gives a page made on a server what the browser’s visit then keeps', async () => {
    const { viewer, tracker, companyId, browser, sessions } = await web.settle();
    const { numbers } = await tracker({ size: 3 });
    const ada = browser();
    const input = {
      companyId: encodeGlobalId('Company', companyId),
      url: `${ORIGIN}/?utm_source=facebook&utm_medium=cpc`,
      visitorId: ada.visitor,
      numbers: [BUSINESS, '+13125550188'],
      idempotencyKey: randomUUID(),
    };
    const server = { ...viewer, scopes: ['visitors:write' as const] };
    const first = await change(server, 'assignNumbers', input, FIELDS);
    expect(first.swaps).toEqual([{ target: BUSINESS, number: expect.any(String), sms: false }]);
    expect(numbers).toContain(first.swaps[0].number);
    expect(first.session).toBeNull();
    expect(await change(server, 'assignNumbers', input, FIELDS)).toEqual(first);
    const visit = await ada.visits({ url: input.url });
    expect(visit.body).toMatchObject({ session: first.sessionId, swaps: first.swaps });
    expect(await sessions()).toHaveLength(1);
    const anonymous = { ...input, visitorId: null, idempotencyKey: null };
    expect(await change(viewer, 'assignNumbers', anonymous, FIELDS)).toMatchObject({
      sessionId: null,
      swaps: [],
    });
    const bot = {
      ...input,
      idempotencyKey: null,
      userAgent: 'Googlebot/2.1',
      visitorId: randomUUID(),
    };
    expect(await change(viewer, 'assignNumbers', bot, FIELDS)).toMatchObject({ sessionId: null });
    expect(await sessions()).toHaveLength(1);
  });
});

describe('a pool', () => {
  it('tells how full it is, and how many numbers it should have', async () => {
    const { viewer, tracker, browser } = await web.settle();
    const { id } = await tracker({ size: 4 });
    const trackerId = encodeGlobalId('Tracker', id);
    const query = `query($id: ID!) {
      node(id: $id) { ... on Tracker { utilisation { leased cooling free total } } }
      recommendPoolSize(trackerId: $id, targetLoss: 0.05) { numbers currentNumbers peakArrivals holdSeconds offeredLoad currentLoss } }`;
    const empty = (await ask(viewer, query, { id: trackerId })).data;
    expect(empty.node.utilisation).toEqual({ leased: 0, cooling: 0, free: 4, total: 4 });
    expect(empty.recommendPoolSize).toMatchObject({ numbers: null, peakArrivals: 0 });
    await browser().visits();
    web.clock.advance(3 * 60_000);
    for (let n = 0; n < 5; n += 1) await browser().visits();
    const full = (await ask(viewer, query, { id: trackerId })).data;
    expect(full.node.utilisation).toEqual({ leased: 4, cooling: 0, free: 0, total: 4 });
    // one lease is over: two minutes, and 15 of cooling
    expect(full.recommendPoolSize).toMatchObject({
      currentNumbers: 4,
      peakArrivals: 6,
      holdSeconds: 17 * 60,
      offeredLoad: 1.7,
      numbers: 5,
    });
    web.clock.advance(3 * 60_000);
    const later = (await ask(viewer, query, { id: trackerId })).data;
    expect(later.node.utilisation).toEqual({ leased: 0, cooling: 4, free: 0, total: 4 });
    const source = await tracker({ type: 'SOURCE' });
    const other = await ask(viewer, query, { id: encodeGlobalId('Tracker', source.id) });
    expect(other.errors?.[0].extensions.code).toBe('BAD_INPUT');
  });
});
