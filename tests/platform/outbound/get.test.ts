// Fetching a stranger's page: unpacked, to its end or a limit, whatever the other side packs into it or says of it.
import type { Socket } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openOutbound } from '#platform/outbound/index.ts';
import { stranger } from './stranger.ts';

const outbound = openOutbound({ allowed: ['127.0.0.1'], exchangeMs: 20_000 });
const MOST = 1_000;
const get = (port: number, signal?: AbortSignal) =>
  outbound.get({
    url: `http://127.0.0.1:${port}/page`,
    headers: { 'x-a': 'b' },
    mostBytes: MOST,
    signal,
  });
const answering = (headers: Record<string, string | string[]>, body: Buffer | string) =>
  stranger((_request, response) => response.writeHead(200, headers).end(body));

describe('a page', () => {
  it('is asked for by GET, and its headers are joined', async () => {
    const heard: unknown[] = [];
    const { port } = await stranger(({ method, url, headers }, response) => {
      heard.push([method, url, headers['x-a'], headers['accept-encoding']]);
      response.writeHead(302, { location: '/next', 'set-cookie': ['a=1', 'b=2'] }).end('moved');
    });
    const { headers, ...got } = await get(port);
    expect(got).toEqual({ status: 302, failure: null, body: Buffer.from('moved'), isCut: false });
    expect(headers).toMatchObject({ location: '/next', 'set-cookie': 'a=1, b=2' });
    expect(heard).toEqual([['GET', '/page', 'b', 'gzip, br']]);
  });

  const text = 'x'.repeat(MOST);
  it.each([
    ['', Buffer.from(text)],
    ['gzip', gzipSync(text)],
    ['x-gzip', gzipSync(text)],
    ['br', brotliCompressSync(text)],
  ])('packed as %j is unpacked', async (packing, body) => {
    const { port } = await answering(packing ? { 'content-encoding': packing } : {}, body);
    expect(await get(port)).toMatchObject({ body: Buffer.from(text), isCut: false });
  });

  it.each([
    ['a byte too long', {}, `${text}y`, text],
    ['a bomb', { 'content-encoding': 'gzip' }, gzipSync(Buffer.alloc(50_000_000, 'x')), text],
    ['packed in what nobody knows', { 'content-encoding': 'zip, gzip' }, 'PK', ''],
    ['no gzip at all', { 'content-encoding': 'gzip' }, text, ''],
    [
      'cut in the middle',
      { 'content-encoding': 'gzip' },
      gzipSync('abc').subarray(0, 14),
      undefined,
    ],
  ])('that is %s is cut', async (_what, headers, body, kept) => {
    const { port } = await answering(headers, body);
    const got = await get(port);
    expect(got).toMatchObject({ status: 200, isCut: true });
    if (kept !== undefined) expect(got.body.toString()).toBe(kept);
    expect(got.body.length).toBeLessThanOrEqual(MOST);
  });

  it('of empty blocks without end is cut by what was received', async () => {
    // a stored block of DEFLATE without content, after a gzip header
    const head = gzipSync('').subarray(0, 10);
    const empty = Buffer.from([0, 0, 0, 0xff, 0xff]);
    const { port } = await stranger((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).write(head);
      const flood = () => {
        while (!response.destroyed && response.write(Buffer.concat(Array(100).fill(empty))));
      };
      response.on('drain', flood);
      flood();
    });
    expect(await get(port)).toMatchObject({ status: 200, isCut: true, body: Buffer.of() });
  });

  it.each([
    ['never answers', () => {}, 'TIMEOUT'],
    [
      'dribbles its body',
      (socket: Socket) => {
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n');
        const timer = setInterval(() => socket.write('.'), 20);
        socket.on('close', () => clearInterval(timer));
      },
      'TIMEOUT',
    ],
    ['resets', (socket: Socket) => void socket.resetAndDestroy(), 'CONNECTION_FAILED'],
  ])('of a server that %s is none', async (_what, behave, failure) => {
    const { port } = await stranger(behave, { raw: true });
    const quick = openOutbound({ allowed: ['127.0.0.1'], exchangeMs: 200 });
    const url = `http://127.0.0.1:${port}/`;
    const got = await quick.get({ url, headers: {}, mostBytes: MOST });
    expect(got).toEqual({ status: null, failure, headers: {}, body: Buffer.of(), isCut: false });
  });

  it('of a private address is not asked for', async () => {
    const { port, connections } = await answering({}, 'secret');
    const strict = openOutbound({
      allowed: [],
      resolve: async () => [{ address: '127.0.0.1', family: 4 }],
    });
    for (const host of ['127.0.0.1', 'inner.example', '[::ffff:127.0.0.1]', '2130706433']) {
      const url = `http://${host}:${port}/`;
      const got = await strict.get({ url, headers: {}, mostBytes: MOST });
      expect(got, host).toMatchObject({ status: null, failure: 'ADDRESS_REFUSED' });
    }
    expect(connections()).toBe(0);
  });

  it('is given up when we are told to stop', async () => {
    const { port } = await stranger(() => {}, { raw: true });
    const stopping = new AbortController();
    const got = get(port, stopping.signal);
    stopping.abort();
    await expect(got).rejects.toThrow();
  });
});
