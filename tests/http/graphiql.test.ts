// The page of GraphiQL: its tabs, and that its megabytes are packed, and sent again only when they are others.
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { openHouse } from './support.ts';

const house = await openHouse();

/** fetch would unpack the body by itself. */
async function ask(headers: Record<string, string> = {}, method = 'GET') {
  const asked = { port: house.port, host: '127.0.0.1', path: '/graphql', method, agent: false };
  const sent = request({ ...asked, headers: { accept: 'text/html', ...headers } }).end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const parts: Buffer[] = [];
  for await (const part of response) parts.push(part as Buffer);
  return { status: response.statusCode, headers: response.headers, body: Buffer.concat(parts) };
}

it('opens with starting operations, and keeps no key in the browser', async () => {
  const { headers, body } = await ask();
  expect(headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-cache',
    'x-frame-options': 'DENY',
    vary: 'accept, accept-encoding',
  });
  const page = body.toString();
  expect(page).toContain('subscription Live');
  expect(page).toMatch(/"?shouldPersistHeaders"?:\s*false/);
});

it('is packed, into less than a quarter', async () => {
  const plain = await ask();
  const brotli = await ask({ 'accept-encoding': 'gzip, deflate, br' });
  expect(brotli.headers['content-encoding']).toBe('br');
  expect(brotliDecompressSync(brotli.body)).toEqual(plain.body);
  expect(brotli.body.length).toBeLessThan(plain.body.length / 4);
  const gzip = await ask({ 'accept-encoding': 'gzip' });
  expect(gunzipSync(gzip.body)).toEqual(plain.body);
});

it('is not sent again to a browser that has it', async () => {
  const { headers } = await ask({ 'accept-encoding': 'br' });
  const again = await ask({ 'accept-encoding': 'br', 'if-none-match': String(headers.etag) });
  expect([again.status, again.body.length]).toEqual([304, 0]);
});

it('is for browsers that look at the address alone: a query is answered as ever', async () => {
  const { headers } = await ask({ accept: 'application/json' });
  expect(headers['content-type']).not.toContain('text/html');
  expect((await ask({ 'content-type': 'application/json' }, 'POST')).headers.etag).toBeUndefined();
});
