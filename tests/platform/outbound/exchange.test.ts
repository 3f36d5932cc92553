// What a stranger may do to us within one exchange: answer, refuse, reset, hang, dribble, flood. None of it lasts longer
// or becomes bigger than it may.
import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { openOutbound } from '#platform/outbound/index.ts';
import { readRetryAfter } from '#platform/outbound/read-answer.ts';
import { stranger } from './stranger.ts';

const allowed = ['127.0.0.1'];
const hasty = openOutbound({ allowed, exchangeMs: 300 });
/** for what ends by itself, however busy the machine is */
const patient = openOutbound({ allowed, exchangeMs: 30_000 });
const post = (port: number, more: Partial<Parameters<typeof patient.post>[0]> = {}, by = patient) =>
  by.post({
    url: `http://127.0.0.1:${port}/hook?a=1`,
    headers: {},
    body: '{"é":1}',
    ...more,
  });

describe('an exchange', () => {
  it('posts the body as it is, with the headers given', async () => {
    const heard: unknown[] = [];
    const { port } = await stranger((request, response) => {
      let body = '';
      request.on('data', (part) => {
        body += part;
      });
      request.on('end', () => {
        const { method, url, headers } = request;
        heard.push({ method, url, body, type: headers['content-type'], id: headers['webhook-id'] });
        response.writeHead(202).end('thank you');
      });
    });
    expect(await post(port, { headers: { 'webhook-id': 'e1' } })).toEqual({
      status: 202,
      failure: null,
      response: 'thank you',
      retryAfterMs: null,
      durationMs: expect.any(Number),
    });
    expect(heard).toEqual([
      { method: 'POST', url: '/hook?a=1', body: '{"é":1}', type: 'application/json', id: 'e1' },
    ]);
  });

  it('keeps 1,000 characters of an endless answer, and stops reading', async () => {
    let sent = 0;
    const { port } = await stranger((_request, response) => {
      response.writeHead(200);
      const flood = () => {
        while (!response.destroyed && response.write('ab\u0000c'.repeat(4_096))) sent += 1;
      };
      response.on('drain', flood);
      flood();
    });
    const { status, response } = await post(port);
    expect(status).toBe(200);
    expect(response).toBe('abc'.repeat(334).slice(0, 1_000));
    expect(sent).toBeLessThan(10_000);
  });

  it.each([
    ['never answers', () => {}],
    [
      'dribbles its headers',
      (socket: Socket) => {
        socket.write('HTTP/1.1 200 OK\r\nx-slow: ');
        const timer = setInterval(() => socket.write('.'), 20);
        socket.on('close', () => clearInterval(timer));
      },
    ],
    [
      'dribbles its body',
      (socket: Socket) => {
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 10000\r\n\r\n');
        const timer = setInterval(() => socket.write('.'), 20);
        socket.on('close', () => clearInterval(timer));
      },
    ],
    ['never reads', (socket: Socket) => void socket.pause()],
  ])('with one that %s is cut off in time', async (_what, behave) => {
    const { port } = await stranger(behave, { raw: true });
    expect(await post(port, { body: 'x'.repeat(20_000_000) }, hasty)).toMatchObject({
      status: null,
      failure: 'TIMEOUT',
    });
  });

  it('with a name that nobody answers for is cut off in time', async () => {
    const slow = openOutbound({
      allowed: [],
      resolve: () => new Promise(() => {}),
      exchangeMs: 50,
    });
    expect(await slow.post({ url: 'https://slow.example/', headers: {}, body: '' })).toMatchObject({
      failure: 'TIMEOUT',
    });
  });

  it.each([
    ['resets', (socket: Socket) => void socket.resetAndDestroy()],
    ['hangs up', (socket: Socket) => void socket.end()],
    ['speaks another language', (socket: Socket) => void socket.end('220 smtp\r\n')],
    [
      'switches protocols',
      (socket: Socket) =>
        void socket.end('HTTP/1.1 101 Switching\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'),
    ],
  ])('with one that %s has failed', async (_what, behave) => {
    const { port } = await stranger(behave, { raw: true });
    expect(await post(port)).toMatchObject({ status: null, failure: 'CONNECTION_FAILED' });
  });

  it('tells a bad certificate, a closed port and an unknown name apart', async () => {
    const plain = await stranger((_request, response) => response.end());
    const url = `https://127.0.0.1:${plain.port}/`;
    expect(await post(0, { url })).toMatchObject({ failure: 'TLS_FAILED' });
    expect(await post(1)).toMatchObject({ failure: 'CONNECTION_FAILED' });
    const unknown = openOutbound({ allowed: [], resolve: async () => [] });
    expect(await unknown.post({ url: 'https://x.example/', headers: {}, body: '' })).toMatchObject({
      failure: 'NAME_NOT_RESOLVED',
    });
  });

  it('whose answer breaks off is judged by its status', async () => {
    const { port } = await stranger(
      (socket: Socket) => void socket.end('HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\nhal'),
      { raw: true },
    );
    expect(await post(port)).toMatchObject({ status: 200, failure: null });
  });

  it('ends when we are told to stop', async () => {
    const { port } = await stranger(() => {}, { raw: true });
    const stopping = new AbortController();
    const sent = post(port, { signal: stopping.signal });
    stopping.abort();
    await expect(sent).rejects.toThrow();
  });
});

describe('Retry-After', () => {
  const now = new Date('2026-03-02T15:00:00.000Z');
  it.each([
    ['120', 120_000],
    [' 0 ', 0],
    ['Mon, 02 Mar 2026 15:01:00 GMT', 60_000],
    ['Mon, 02 Mar 2026 14:00:00 GMT', 0],
    ['soon', null],
    ['-1', null],
    ['1.5', null],
    ['2026-03-02', null],
    ['99999999999999', null],
    [undefined, null],
  ])('%j is %j ms', (header, ms) => {
    expect(readRetryAfter(header, now)).toBe(ms);
  });

  it('is told with its answer', async () => {
    const { port } = await stranger((_request, response) =>
      response.writeHead(503, { 'retry-after': '7' }).end(),
    );
    expect(await post(port)).toMatchObject({ status: 503, retryAfterMs: 7_000 });
  });
});
