// Scans of real websites on this machine: what they read, how they go on after a crash, how they end.
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { purgeScans } from '#domains/installation/purge-scans.ts';
import { failScan } from '#domains/installation/run-scan.ts';
import { keepNewestScans } from '#domains/installation/store.ts';
import { counts, html, openWeb, PHONE } from './web.ts';

const { platform, website } = await openWeb();

describe('a scan', () => {
  it('reads every page once, names itself, and keeps to the site and to robots.txt', async () => {
    const site = await website({
      '/robots.txt': [
        200,
        {},
        'User-agent: *\nDisallow: /\n\nUser-agent: switchboard-scanner\nDisallow: /private',
      ],
      '/': html(`${PHONE}<a href="/a#x">A</a><a href="/">home</a><a href="/private/b">B</a>
        <a href="https://elsewhere.example/">no</a><a href="http://127.0.0.1:1/">no</a><a href="/price.pdf">no</a>`),
      '/a': html('<a href="/moved">M</a><a href="/gone">G</a><a href="/data">D</a>'),
      '/moved': [301, { location: '/a' }],
      '/data': [200, { 'content-type': 'application/json' }, '{}'],
    });
    expect(await site.run()).toBe('done, pages read: 3');
    expect(await site.pages()).toEqual([
      { path: '/', what: 'READ', numbers: ['+12125550180'] },
      { path: '/a', what: 'READ', numbers: [] },
      { path: '/private/b', what: 'ROBOTS_DISALLOW', numbers: [] },
      { path: '/moved', what: 'REDIRECTED', numbers: [] },
      { path: '/gone', what: 'HTTP_ERROR', numbers: [] },
      { path: '/data', what: 'NOT_HTML', numbers: [] },
    ]);
    expect(site.asked.map(({ path }) => path)).toEqual([
      '/robots.txt',
      '/',
      '/a',
      '/moved',
      '/gone',
      '/data',
    ]);
    expect(new Set(site.asked.map(({ agent }) => agent))).toEqual(
      new Set(['Switchboard-Scanner/1 (+https://calls.example)']),
    );
    expect(await site.events()).toEqual(['site.scan_started', 'site.scan_ended']);
    expect(await site.run()).toBe('scan gone, or over');
  });

  it('goes on where a worker was killed, and reads no page twice', async () => {
    const pages = Object.fromEntries(
      Array.from({ length: 6 }, (_, n) => [
        n === 0 ? '/' : `/${n}`,
        html(`${PHONE}<a href="/${n + 1}">next</a>`),
      ]),
    );
    const killed = new AbortController();
    const site = await website((request, response) => {
      if (request.url === '/3' && !killed.signal.aborted) {
        killed.abort();
        return;
      }
      const [status, headers, body] = pages[request.url ?? ''] ?? [404, {}];
      response.writeHead(status, headers).end(body);
    });
    await expect(site.run({ signal: killed.signal })).rejects.toThrow();
    expect(counts(await site.scan())).toMatchObject({ state: 'RUNNING', pagesRead: 3 });
    // two at once, since one was taken for dead
    await Promise.all([site.run(), site.run()]);
    expect(counts(await site.scan())).toEqual({
      state: 'DONE',
      failure: null,
      pagesFound: 7,
      pagesRead: 6,
      pagesUnread: 1,
      isCut: false,
    });
    expect(await site.events()).toEqual(['site.scan_started', 'site.scan_ended']);
  });

  it('says that there was more where links lay too deep', async () => {
    const chain = (length: number) =>
      website((request, response) => {
        const n = Number(request.url?.slice(1) || 0);
        const isPage = !request.url?.includes('robots');
        const links = `<a href="/">home</a>${n < length ? `<a href="/${n + 1}">next</a>` : ''}`;
        response.writeHead(isPage ? 200 : 404, { 'content-type': 'text/html' }).end(links);
      });
    const read = async (site: Awaited<ReturnType<typeof chain>>) => {
      await site.run();
      const { pagesRead, isCut } = await site.scan();
      return { pagesRead, isCut };
    };
    // the deepest page leads back to those that are known
    expect(await read(await chain(20))).toEqual({ pagesRead: 21, isCut: false });
    expect(await read(await chain(21))).toEqual({ pagesRead: 21, isCut: true });
  });

  it('and not where the links of a page lead nowhere else, however many they are', async () => {
    const kinds = (n: number) =>
      `<a href="/#${n}">a</a><a href="/">b</a><a href="mailto:${n}@garage.example">c</a><a href="https://elsewhere.example/${n}">d</a><a href="/${n}.pdf">e</a>`;
    const site = await website({
      '/': html(Array.from({ length: 1_001 }, (_, n) => kinds(n)).join('')),
    });
    await site.run();
    expect(await site.scan()).toMatchObject({ pagesRead: 1, isCut: false });
  });

  it('ends when it is cancelled, with what it has', async () => {
    const site = await website((request, response) => {
      const answer = () =>
        response.writeHead(200, { 'content-type': 'text/html' }).end('<a href=/x>');
      if (request.url === '/x') void site.cancel().then(answer);
      else answer();
    });
    expect(await site.run()).toBe('cancelled');
    expect(counts(await site.scan())).toMatchObject({ state: 'CANCELLED', pagesRead: 1 });
    expect(await failScan(platform, site.key)).toBe('already over');
  });

  it('says why when not one page could be read', async () => {
    const refused = await website(() => {});
    expect(await refused.run()).toBe('failed, pages read: 0');
    expect(await refused.scan()).toMatchObject({ state: 'FAILED', failure: 'ROBOTS_UNREADABLE' });
    const broken = await website((_request, response) => void response.writeHead(503).end());
    await broken.run();
    expect(await broken.scan()).toMatchObject({ failure: 'ROBOTS_UNREADABLE' });
    const gone = await website({});
    await failScan(platform, gone.key);
    expect(await gone.scan()).toMatchObject({ state: 'FAILED', failure: 'GIVEN_UP' });
  });
});

it('is kept with nine others of its company, and for 90 days', async () => {
  const { key, scan } = await website({});
  const { accountId } = key;
  const { companyId, createdAt, url } = await scan();
  const { prisma } = platform.db;
  const many = Array.from({ length: 12 }, (_, n) => ({
    ...{
      accountId,
      companyId,
      url,
      maxPages: 1,
      requestedBy: 'system:test',
      state: 'DONE' as const,
    },
    id: randomUUID(),
    createdAt: new Date(createdAt.getTime() - (n + 1) * 1_000),
  }));
  await prisma.siteScan.createMany({ data: many });
  await platform.db.transaction((tx) => keepNewestScans(tx, accountId, companyId, 9));
  const ids = async () => {
    const rows = await prisma.siteScan.findMany({
      where: { accountId },
      orderBy: { createdAt: 'desc' },
    });
    return rows.map(({ id }) => id);
  };
  // the one that waits is no old one
  expect(await ids()).toEqual([key.scanId, ...many.slice(0, 9).map(({ id }) => id)]);
  const signal = new AbortController().signal;
  platform.clock.advance(90 * 86_400_000 - 2_500);
  expect(await purgeScans(platform, signal)).toBe(7);
  expect(await ids()).toEqual([key.scanId, ...many.slice(0, 2).map(({ id }) => id)]);
});
