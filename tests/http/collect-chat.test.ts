// The stream of a chat: whoever leaves early leaves nothing behind at the server.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { afterAll, expect, it } from 'vitest';
import { collectChatDoor } from '#http/collect-chat.ts';
import { openSecrets } from '#platform/secrets/index.ts';

const followed: AbortSignal[] = [];
let admits = Promise.resolve();
let listens: (() => void) | undefined;

/** A chat in which nothing is ever said. */
async function* silent(signal: AbortSignal): AsyncGenerator<never, void> {
  listens?.();
  if (!signal.aborted) await once(signal, 'abort');
  yield* [];
}

const door = collectChatDoor({
  collector: {
    admit: async () => {
      await admits;
      return { accountId: 'a', companyId: 'c' } as never;
    },
  },
  chats: {
    chatOf: () => 'one',
    follow: (_page: unknown, _body: unknown, signal: AbortSignal) => {
      followed.push(signal);
      return silent(signal);
    },
  } as never,
  limits: { take: async () => null },
  config: { TRUSTED_PROXIES: 0 },
  secrets: openSecrets(randomBytes(32)),
  log: pino({ level: 'silent' }),
});
const server = createServer((from, to) => void door(from, to, new URL(from.url ?? '', 'http://a')));
await once(server.listen(0, '127.0.0.1'), 'listening');
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function asks() {
  const { port } = server.address() as AddressInfo;
  const path = '/collect/chat/stream';
  const sent = request({ port, path, method: 'POST', agent: false });
  sent.on('error', () => {});
  sent.end('{}');
  return sent;
}

it('ends with its page, also with one that left before the stream began; its place is free again', async () => {
  for (let n = 0; n < 12; n += 1) {
    let admit = () => {};
    if (n % 2 === 1) {
      admits = new Promise((resolve) => {
        admit = resolve;
      });
    }
    const arrived = once(server, 'request');
    const listening = new Promise<void>((resolve) => {
      listens = resolve;
    });
    const sent = asks();
    const [, response] = await arrived;
    const left = once(response, 'close');
    if (n % 2 === 0) {
      const [{ statusCode }] = await once(sent, 'response');
      expect(statusCode).toBe(200);
    }
    sent.destroy();
    await left;
    admit();
    await listening;
    const signal = followed[n];
    if (signal && !signal.aborted) await once(signal, 'abort');
    expect(signal?.aborted).toBe(true);
    admits = Promise.resolve();
  }
});
