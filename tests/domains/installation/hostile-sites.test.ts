// Scans of websites on this machine that mean harm: each ends, each says what it found, and none leads the scan where it
// may not go.
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { stranger } from '#tests/platform/outbound/stranger.ts';
import { counts, html, openWeb, PHONE } from './web.ts';

const { website } = await openWeb();

describe('a hostile website', () => {
  it('of endless links is left after as many pages as were wanted', async () => {
    let n = 0;
    const site = await website((_request, response) => {
      n += 50;
      const links = Array.from({ length: 50 }, (_, at) => `<a href="/${n + at}">`).join('');
      response.writeHead(200, { 'content-type': 'text/html' }).end(links);
    }, 12);
    await site.run();
    expect(counts(await site.scan())).toMatchObject({ pagesFound: 12, pagesRead: 12, isCut: true });
  });

  it('of endless redirects, or ones in a circle, is left', async () => {
    let n = 0;
    const endless = await website((request, response) => {
      const isRobots = request.url === '/robots.txt';
      n += 1;
      response.writeHead(isRobots ? 404 : 302, { location: `/${n}` }).end();
    });
    await endless.run();
    expect(counts(await endless.scan())).toMatchObject({ state: 'DONE', pagesFound: 21 });
    const circle = await website({
      '/': [302, { location: '/b' }],
      '/b': [302, { location: '/' }],
      '/robots.txt': [302, { location: '/robots.txt' }],
    });
    await circle.run();
    expect((await circle.pages()).map(({ what }) => what)).toEqual(['REDIRECTED', 'REDIRECTED']);
    expect(circle.asked.filter(({ path }) => path === '/robots.txt')).toHaveLength(6);
  });

  it('leads to no private address and no other host, by link or by redirect', async () => {
    const inner = await stranger((_request, response) => response.end('secret'));
    const site = await website({
      '/': html(`<a href="http://inner.garage.example/">inner</a><a href="/r1"></a><a href="/r2"></a>
        <a href="http://127.0.0.1:${inner.port}/"></a>`),
      '/r1': [302, { location: `http://127.0.0.1:${inner.port}/` }],
      '/r2': [302, { location: 'http://169.254.169.254/latest/meta-data' }],
    });
    await site.run();
    expect((await site.pages()).map(({ what }) => what)).toEqual([
      'READ',
      'ADDRESS_REFUSED',
      'LEAVES_SITE',
      'LEAVES_SITE',
    ]);
    expect(inner.connections()).toBe(0);
  });

  it('of huge, slow, packed and mislabelled pages is read as far as it goes', async () => {
    const bomb = gzipSync(`${PHONE}${' '.repeat(30_000_000)}`);
    const site = await website((request, response) => {
      const bodies: Record<string, () => void> = {
        '/': () =>
          response.end(
            '<a href=/huge></a><a href=/slow></a><a href=/bomb></a><a href=/charset></a><a href=/zip></a>',
          ),
        '/huge': () => response.end(`${PHONE}${'<p>x'.repeat(1_000_000)}<p>415-555-0134`),
        '/slow': () => void response.write('<p>212'),
        '/bomb': () => response.end(bomb),
        '/zip': () => response.end('PK'),
        '/charset': () => response.end(Buffer.from(PHONE, 'latin1')),
      };
      const path = request.url ?? '';
      response.writeHead(path === '/robots.txt' ? 404 : 200, {
        'content-type': `text/html${path === '/charset' ? '; charset=klingon' : ''}`,
        ...(path === '/bomb' ? { 'content-encoding': 'gzip' } : {}),
        ...(path === '/zip' ? { 'content-encoding': 'zip' } : {}),
      });
      (bodies[path] ?? (() => response.end()))();
    });
    await site.run();
    const read = (path: string) => ({ path, what: 'READ', numbers: ['+12125550180'] });
    expect(await site.pages()).toEqual([
      { path: '/', what: 'READ', numbers: [] },
      read('/huge'),
      { path: '/slow', what: 'TIMEOUT', numbers: [] },
      read('/bomb'),
      read('/charset'),
      { path: '/zip', what: 'CONNECTION_FAILED', numbers: [] },
    ]);
  });

  it('is stored, whatever signs it holds', async () => {
    const site = await website({
      '/': html(`<script src="/swap.js" data-key="a\u0000${'😀'.repeat(40)}"></script>
        <meta http-equiv="Content-Security-Policy" content="script-src 'self'\u0000\ud800 &#xD800;&#0;">
        <a href="/\u0000&#xD800;">x</a>${PHONE}`),
    });
    expect(await site.run()).toBe('done, pages read: 1');
    expect(await site.pages()).toMatchObject([
      { path: '/', what: 'READ', numbers: ['+12125550180'] },
      { what: 'HTTP_ERROR' },
    ]);
  });

  it('that takes its time is left when the time is up', async () => {
    const site = await website({ '/': html('<a href=/a>'), '/a': html('<a href=/b>') });
    await site.run({ mostWorkMs: 0 });
    expect(counts(await site.scan())).toMatchObject({ state: 'DONE', pagesRead: 0, isCut: true });
  });
});
