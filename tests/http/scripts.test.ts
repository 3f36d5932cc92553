// The door of the scripts for pages: what browsers and caches are told, and what is no script.
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { pino } from 'pino';
import { afterAll, expect, it } from 'vitest';
import { scriptsDoor } from '#http/scripts.ts';

const door = scriptsDoor({ log: pino({ level: 'silent' }) });
const server = createServer(async (asked, response) => {
  const taken = await door(asked, response, new URL(asked.url ?? '/', 'http://here'));
  if (!taken) response.writeHead(404).end();
});
await once(server.listen(0, '127.0.0.1'), 'listening');
const { port } = server.address() as AddressInfo;
afterAll(() => server.close());

/** fetch would unpack the body by itself. */
async function ask(path: string, headers: Record<string, string> = {}, method = 'GET') {
  const sent = request({ port, host: '127.0.0.1', path, headers, method, agent: false }).end();
  const [response] = (await once(sent, 'response')) as [import('node:http').IncomingMessage];
  const parts: Buffer[] = [];
  for await (const part of response) parts.push(part as Buffer);
  return { status: response.statusCode, headers: response.headers, body: Buffer.concat(parts) };
}

it('swap.js: packed as the browser likes it, asked for again soon, readable from every site', async () => {
  const plain = await ask('/swap.js');
  expect(plain.status).toBe(200);
  expect(plain.headers).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=300, stale-while-revalidate=86400',
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
    'x-content-type-options': 'nosniff',
    vary: 'accept-encoding',
    'content-length': String(plain.body.length),
  });
  const brotli = await ask('/swap.js', { 'accept-encoding': 'gzip, deflate, br' });
  expect(brotli.headers['content-encoding']).toBe('br');
  expect(brotliDecompressSync(brotli.body)).toEqual(plain.body);
  const gzip = await ask('/swap.js', { 'accept-encoding': 'gzip, br;q=0' });
  expect(gzip.headers['content-encoding']).toBe('gzip');
  expect(gunzipSync(gzip.body)).toEqual(plain.body);
  expect(new Set([plain, brotli, gzip].map(({ headers }) => headers.etag)).size).toBe(3);
});

it('what a browser has is not sent again', async () => {
  const { headers } = await ask('/swap.js', { 'accept-encoding': 'br' });
  const etag = String(headers.etag);
  for (const known of [etag, `"other", W/${etag}`]) {
    const again = await ask('/swap.js', { 'accept-encoding': 'br', 'if-none-match': known });
    expect([again.status, again.body.length]).toEqual([304, 0]);
  }
  const changed = await ask('/swap.js', { 'if-none-match': etag });
  expect(changed.status).toBe(200);
});

it('its parts stay for ever under the address that names their content', async () => {
  const { body } = await ask('/swap.js');
  const folder = /\/swap\/[0-9a-f]{6}\//.exec(String(body))?.[0];
  const part = await ask(`${folder}parts.js`);
  expect(part.status).toBe(200);
  expect(part.headers['cache-control']).toBe('public, max-age=31536000, immutable');
});

it('a script that a browser has kept from before is given the parts of now, for a short time', async () => {
  const { body } = await ask('/swap.js');
  const path = /\/swap\/[0-9a-f]{6}\/parts\.js/.exec(String(body))?.[0] ?? '';
  const kept = await ask('/swap/00000000/parts.js');
  expect(kept.status).toBe(200);
  expect(kept.body).toEqual((await ask(path)).body);
  expect(kept.headers['cache-control']).toBe('public, max-age=300');
  expect((await ask('/chat/00000000/panel.js')).status).toBe(200);
  for (const none of [
    '/swap/00000000/other.js',
    '/swap/0000/parts.js',
    '/chat/00000000/parts.js',
  ]) {
    expect((await ask(none)).status, none).toBe(404);
  }
});

it('a tag that was written for CallRail needs another host and key only', async () => {
  const theirs = await ask('/companies/123456789/sb_site_bluebird/12/swap.js');
  expect(theirs.body).toEqual((await ask('/swap.js')).body);
});

it('HEAD tells the length; nothing is written, and nothing else is here', async () => {
  const head = await ask('/swap.js', {}, 'HEAD');
  expect([head.status, head.body.length]).toEqual([200, 0]);
  expect(Number(head.headers['content-length'])).toBeGreaterThan(1_000);
  const post = await ask('/swap.js', {}, 'POST');
  expect([post.status, post.headers.allow]).toEqual([405, 'GET, HEAD']);
  for (const path of ['/other.js', '/swap/', '/swap/../package.json', '/swap.js/x']) {
    expect((await ask(path)).status, path).toBe(404);
  }
});
