// The collect door: what it refuses, to whom it says so, and that what it takes is stored once.
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { makeSiteKey } from '#domains/accounts/index.ts';
import { rotateSiteKey } from '#domains/visitors/rotate-site-key.ts';
import { updateSite } from '#domains/visitors/update-site.ts';
import { shareOfPool } from '#platform/db/index.ts';
import { FEW_TRIES, ORIGIN, openWebsite } from '#tests/domains/visitors/website.ts';
import { until } from '#tests/support/town.ts';

const web = await openWebsite();
const MINUTE = 60_000;

describe('a visit', () => {
  it('is stored with its session, and the page may read the answer', async () => {
    const { browser, sessions, pageViews, companyId, accountId } = await web.settle();
    const ada = browser({ 'sec-ch-ua-mobile': '?1' });
    const answer = await ada.visits({
      url: `${ORIGIN}/?utm_source=newsletter&utm_medium=email&utm_campaign=May`,
      referrer: 'https://mail.example/inbox',
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('access-control-allow-origin')).toBe(ORIGIN);
    expect(answer.headers.get('vary')).toBe('Origin');
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
    expect(answer.body).toMatchObject({ swaps: [], cookieDays: 90, heartbeatSeconds: 45 });
    const [session] = await sessions();
    expect(session).toMatchObject({
      id: answer.body.session,
      companyId,
      visitorId: ada.visitor,
      medium: 'email',
      campaign: 'May',
      device: 'MOBILE',
      setsSource: true,
      landingUrl: `${ORIGIN}/?utm_source=newsletter&utm_medium=email&utm_campaign=May`,
      startedAt: web.clock.now(accountId),
    });
    expect(await pageViews()).toMatchObject([{ sessionId: session?.id, title: 'Garage doors' }]);
  });

  it('is taken as JSON too, after a preflight', async () => {
    const { visitBody } = await web.settle();
    const preflight = await fetch(`${web.url}/collect/visit`, {
      method: 'OPTIONS',
      headers: { origin: ORIGIN, 'access-control-request-method': 'POST' },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe(ORIGIN);
    expect(preflight.headers.get('access-control-allow-headers')).toBe('content-type');
    const sent = await web.post('visit', visitBody(), { 'content-type': 'application/json' });
    expect(sent.status).toBe(200);
  });

  it('that comes twice, or at once in two tabs, makes one session', async () => {
    const { visitBody, sessions, pageViews } = await web.settle();
    const body = visitBody();
    const tab = { ...body, id: randomUUID() };
    const answers = await Promise.all([body, body, tab, body].map((one) => web.post('visit', one)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(new Set(answers.map(({ body: { session } }) => session)).size).toBe(1);
    expect(await sessions()).toHaveLength(1);
    expect(await pageViews()).toHaveLength(2);
  });

  it('of a bot is answered and not stored', async () => {
    const { visitBody, sessions } = await web.settle();
    const headers = {
      'user-agent': 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
    };
    const answer = await web.post('visit', visitBody(), headers);
    expect(answer).toMatchObject({ status: 200, body: { session: null, swaps: [] } });
    expect(await sessions()).toEqual([]);
  });

  it('without consent leaves a number in a tally, and nothing else', async () => {
    const { visitBody, sessions, pageViews, accountId, companyId } = await web.settle();
    const { visitor: _, ...anonymous } = visitBody({ consent: 'denied' });
    const answers = [await web.post('visit', anonymous), await web.post('visit', anonymous)];
    for (const { status, body } of answers) {
      expect({ status, session: body.session }).toEqual({ status: 200, session: null });
    }
    const day = await until('the tally is written', () =>
      web.db.prisma.siteDay.findFirst({ where: { accountId, companyId, deniedVisits: 2 } }),
    );
    expect(day.day.toISOString()).toBe('2026-03-02T00:00:00.000Z');
    expect([await sessions(), await pageViews()]).toEqual([[], []]);
    expect(await web.db.prisma.visitor.count({ where: { accountId } })).toBe(0);
  });

  it('keeps the cookies that the site asks for, and no others', async () => {
    const { browser, sessions } = await web.settle({ customCookies: ['segment', '__proto__'] });
    const cookies = JSON.parse('{"segment":"a\\u0000b","other":"x","__proto__":{"polluted":1}}');
    expect((await browser().visits({ cookies })).status).toBe(200);
    expect((await sessions())[0]?.customCookies).toEqual({ segment: 'ab' });
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it('has the server’s time when the browser’s clock is wrong', async () => {
    const { browser, pageViews, accountId } = await web.settle();
    const now = web.clock.now(accountId).getTime();
    const ada = browser();
    for (const at of [now - 90_000, now - 86_400_000, now + 1_000, 1e300]) await ada.visits({ at });
    expect((await pageViews()).map(({ at }) => at.getTime())).toEqual([
      now - 90_000,
      now,
      now,
      now,
    ]);
  });
});

it('visits that wait for a pool leave connections to everybody else', async () => {
  const { browser, tracker, accountId } = await web.settle();
  const { id } = await tracker({ size: 20 });
  const { pool } = web.db;
  const crowd = Array.from({ length: pool.options.max * 2 }, () => browser());
  const held = Promise.withResolvers<void>();
  const holding = web.db.transaction(async (tx) => {
    await web.events.lock(tx, accountId, [`pool:${id}`]);
    held.resolve();
    await until('visits wait for the pool', async () => {
      const [row] = await tx.$queryRawUnsafe<{ waiting: number }[]>(
        `select count(*)::int as waiting from pg_locks where locktype = 'advisory' and not granted`,
      );
      return row && row.waiting >= shareOfPool(web.db, 'visits');
    });
    // whoever asks meanwhile is answered
    const { rows } = await pool.query('select 1 as one');
    return { rows, waiting: pool.waitingCount };
  });
  await held.promise;
  const answers = Promise.all(crowd.map((one) => one.visits()));
  expect(await holding).toEqual({ rows: [{ one: 1 }], waiting: 0 });
  expect((await answers).map(({ status }) => status)).toEqual(crowd.map(() => 200));
});

describe('page views and heartbeats', () => {
  it('are stored once and keep the session, in any order', async () => {
    const { browser, sessions, pageViews, accountId } = await web.settle();
    const ada = browser();
    await ada.visits();
    const begun = web.clock.now(accountId).getTime();
    web.clock.advance(20 * MINUTE);
    const id = randomUUID();
    for (const at of [begun + 20 * MINUTE, begun + 18 * MINUTE]) {
      expect((await ada.views('/prices', { id, at })).status).toBe(204);
    }
    expect((await ada.beats({ at: begun + 17 * MINUTE })).status).toBe(204);
    expect(await pageViews()).toHaveLength(2);
    const [session] = await sessions();
    expect(session?.lastSeenAt.getTime()).toBe(begun + 20 * MINUTE);
    web.clock.advance(29 * MINUTE);
    expect((await ada.beats()).status).toBe(204);
  });

  it('of a session that is over, or of another’s, are told to begin with a visit', async () => {
    const { browser, pageViews } = await web.settle();
    const [ada, eve] = [browser(), browser()];
    await ada.visits();
    await eve.visits();
    const stolen = await eve.views('/', { session: ada.session() });
    expect(stolen).toMatchObject({ status: 410, body: { code: 'SESSION_OVER' } });
    const elsewhere = (await web.settle()).browser();
    await elsewhere.visits();
    expect((await elsewhere.beats({ session: ada.session(), visitor: ada.visitor })).status).toBe(
      410,
    );
    web.clock.advance(30 * MINUTE);
    expect((await ada.views('/late')).status).toBe(410);
    expect((await ada.beats()).status).toBe(410);
    expect(await pageViews()).toHaveLength(2);
  });

  it('many at once are all stored, each answered after its commit', async () => {
    const { browser, pageViews } = await web.settle();
    const crowd = Array.from({ length: 8 }, () => browser());
    await Promise.all(crowd.map((one) => one.visits()));
    const answers = await Promise.all(
      crowd.flatMap((one) => Array.from({ length: 12 }, (_, n) => one.views(`/${n}`))),
    );
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(96);
    expect(await pageViews()).toHaveLength(104);
  });
});

describe('what is refused', () => {
  it('a forged key, a foreign page, a page that says it is another: nothing is kept of them', async () => {
    const { visitBody, key, sessions } = await web.settle();
    const forged = [
      await web.post('visit', visitBody({ key: makeSiteKey() })),
      await web.post('visit', visitBody({ key: `${key}x` })),
      await web.post('visit', visitBody({ key: 7 })),
    ];
    for (const { status, body } of forged) {
      expect({ status, code: body.code }).toEqual({ status: 403, code: 'UNKNOWN_KEY' });
    }
    const foreign = await Promise.all(
      ['https://evil.example', 'https://garage.example.evil.example', 'null', 'https://localhost:1']
        .slice(0, 3)
        .map((origin) => web.post('visit', visitBody(), { origin })),
    );
    for (const { status, body } of [...forged, ...foreign]) {
      expect(status).toBe(403);
      expect(body.message).toMatch(/\w/);
    }
    // why a page is foreign is for its owner to read; whose key that is, is not
    const readers = [...forged, ...foreign].map(({ headers: told }) =>
      told.get('access-control-allow-origin'),
    );
    expect(readers).toEqual([null, null, null, '*', '*', '*']);
    expect(foreign.map(({ body }) => body.code)).toEqual(Array(3).fill('FOREIGN_ORIGIN'));
    const nameless = await web.post('visit', visitBody(), { origin: '' });
    expect(nameless.body).toMatchObject({
      code: 'FOREIGN_ORIGIN',
      message: expect.stringMatching(/^No Origin was sent/),
    });
    const lying = await web.post('visit', visitBody({ url: 'https://evil.example/' }));
    expect(lying).toMatchObject({ status: 403, body: { code: 'FOREIGN_ORIGIN' } });
    expect(await sessions()).toEqual([]);
  });

  it('bodies that are too large, no JSON, or wrong in a field, which is named', async () => {
    const { visitBody, sessions } = await web.settle();
    const large = await web.post('visit', visitBody({ title: 'x'.repeat(17_000) }));
    expect(large).toMatchObject({ status: 413, body: { code: 'TOO_LARGE' } });
    // a page that cannot read the refusal sends the same again
    expect(large.headers.get('access-control-allow-origin')).toBe(ORIGIN);
    for (const body of ['{', '[]', 'null', '"text"', '']) {
      const { status, headers } = await web.post('visit', body);
      expect(status, body).toBe(400);
      expect(headers.get('access-control-allow-origin')).toBe(ORIGIN);
    }
    const wrong: [string, object][] = [
      ['visitor', { visitor: 'me' }],
      ['visitor', { visitor: null }],
      ['id', { id: 'x' }],
      ['url', { url: 'javascript:alert(1)' }],
      ['consent', { consent: 'maybe' }],
      ['numbers', { numbers: Array(51).fill('+13125550100') }],
      ['at', { at: 'now' }],
      ['cookies', { cookies: 'a=b' }],
    ];
    for (const [field, fields] of wrong) {
      const { status, body, headers } = await web.post('visit', visitBody(fields));
      expect({ status, code: body.code, field: body.field }).toEqual({
        status: 400,
        code: 'INVALID_INPUT',
        field,
      });
      expect(headers.get('access-control-allow-origin')).toBe(ORIGIN);
    }
    expect(await sessions()).toEqual([]);
  });

  it('signs that the database cannot hold do no harm', async () => {
    const { browser, sessions } = await web.settle();
    const bad = 'a\u0000b\ud800';
    const query = 'utm_source=%00x%ED%A0%80&utm_campaign=%00';
    const answer = await browser().visits({
      title: bad,
      url: `${ORIGIN}/${bad}?${query}`,
      referrer: `https://a.example/${bad}`,
    });
    expect(answer.status).toBe(200);
    expect(await sessions()).toHaveLength(1);
    const ada = browser({ 'user-agent': `${'Mozilla/5.0 '.repeat(100)}iPad` });
    expect((await ada.visits()).status).toBe(200);
    // of a name that goes on for ever the beginning is read
    expect((await sessions())[1]?.device).toBe('DESKTOP');
    const press = { event: 'tel_click', number: '+1312\u00005550100' };
    expect((await ada.beats(press)).status).toBe(204);
  });

  it('other ways to ask', async () => {
    expect((await fetch(`${web.url}/collect/visit`)).status).toBe(405);
    const { status, body, headers } = await web.post('later', {});
    expect({ status, code: body.code }).toEqual({ status: 404, code: 'NOT_FOUND' });
    expect(headers.get('access-control-allow-origin')).toBe(ORIGIN);
  });

  it('a site that is switched off, and a key whose day is over', async () => {
    const { browser, viewer, companyId, key, visitBody, accountId } = await web.settle();
    await updateSite(web, viewer, { companyId, enabled: false });
    const off = await browser().visits();
    expect(off).toMatchObject({ status: 403, body: { code: 'SITE_DISABLED' } });
    expect(off.headers.get('access-control-allow-origin')).toBe(ORIGIN);
    await updateSite(web, viewer, { companyId, enabled: true });
    const { publishableKey } = await rotateSiteKey(web, viewer, { companyId });
    expect(publishableKey).not.toBe(key);
    for (const one of [key, publishableKey]) {
      expect((await web.post('visit', visitBody({ key: one }))).status).toBe(200);
    }
    const start = web.clock.now(accountId);
    web.clock.advance(24 * 60 * MINUTE);
    expect((await web.post('visit', visitBody())).body.code).toBe('UNKNOWN_KEY');
    expect((await web.post('visit', visitBody({ key: publishableKey }))).status).toBe(200);
    web.clock.set(start);
  });

  it('too many from one address', async () => {
    const { browser } = await web.settle();
    const headers = { 'x-forwarded-for': FEW_TRIES[0] };
    const answers = await Promise.all(
      Array.from({ length: 35 }, () => web.post('visit', '{', headers)),
    );
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(5);
    expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await browser({ 'x-forwarded-for': '203.0.113.10' }).visits()).status).toBe(200);
  });

  it('too many new visitors from one address, each company’s by themselves', async () => {
    const [here, there] = [await web.settle(), await web.settle()];
    const headers = { 'x-forwarded-for': FEW_TRIES[1] };
    const [ada, eve] = [here.browser(headers), here.browser(headers)];
    expect((await ada.visits()).status).toBe(200);
    expect(await eve.visits()).toMatchObject({ status: 429, body: { code: 'RATE_LIMITED' } });
    expect((await ada.visits()).status).toBe(200);
    expect((await there.browser(headers).visits()).status).toBe(200);
    expect(await here.sessions()).toHaveLength(1);
  });
});
