// What one visitor can use up of a company's chat: no more than what is left to others.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { afterAll, expect, it } from 'vitest';
import { collectChatDoor } from '#http/collect-chat.ts';
import { openProcessLimits } from '#platform/limits/index.ts';
import { openSecrets } from '#platform/secrets/index.ts';

const limits = openProcessLimits();
const taken: { name: string; key: string }[] = [];
const door = collectChatDoor({
  collector: { admit: async (key: string) => ({ accountId: 'a', companyId: key }) as never },
  chats: {
    chatOf: (_site: unknown, body: { token: string }) => body.token,
    transcript: async () => {},
    file: async (_page: unknown, _head: unknown, content: AsyncIterable<Uint8Array>) => {
      let sizeBytes = 0;
      for await (const part of content) sizeBytes += part.byteLength;
      return { sizeBytes };
    },
  } as never,
  limits: {
    take: (limit, key) => {
      taken.push({ name: limit.name, key });
      return limits.take(limit, key);
    },
  },
  config: { TRUSTED_PROXIES: 1 },
  secrets: openSecrets(randomBytes(32)),
  log: pino({ level: 'silent' }),
});
const server = createServer((from, to) => void door(from, to, new URL(from.url ?? '', 'http://a')));
await once(server.listen(0, '127.0.0.1'), 'listening');
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

let chats = 0;
/** From a chat of its own each time. */
async function asks(address: string, path: 'transcript' | 'file', key = 'one', file = 'x') {
  const { port } = server.address() as AddressInfo;
  chats += 1;
  const response = await fetch(`http://127.0.0.1:${port}/collect/chat/${path}`, {
    ...{ method: 'POST', headers: { 'x-forwarded-for': address } },
    body: `${JSON.stringify({ key, token: `chat ${chats}` })}\n${path === 'file' ? file : ''}`,
  });
  return { status: response.status, text: await response.text() };
}

it('an address has its own share of files and transcripts at each company', async () => {
  for (const [path, most] of [
    ['transcript', 5],
    ['file', 60],
  ] as const) {
    for (let n = 0; n < most; n += 1) {
      expect((await asks('192.0.2.1', path)).status).toBeLessThan(300);
    }
    expect((await asks('192.0.2.1', path)).status).toBe(429);
    expect((await asks('192.0.2.1', path, 'two')).status).toBeLessThan(300);
    expect((await asks('192.0.2.2', path)).status).toBeLessThan(300);
  }
});

it('its bytes are counted as they come, and no more are read than it has', async () => {
  taken.length = 0;
  expect((await asks('192.0.2.3', 'file', 'three', 'x'.repeat(250_000))).text).toContain('250000');
  const day = { name: 'chat-bytes-address', tries: 1_000, seconds: 86_400 };
  const units = taken.filter(({ name }) => name === day.name);
  expect(units).toHaveLength(3);
  expect(taken.filter(({ name }) => name === 'chat-bytes-company')).toHaveLength(3);
  for (let n = 3; n < 998; n += 1) await limits.take(day, units[0]?.key ?? '');
  expect((await asks('192.0.2.3', 'file', 'three', 'x'.repeat(200_000))).status).toBe(200);
  const refused = await asks('192.0.2.3', 'file', 'three');
  expect([refused.status, refused.text]).toEqual([429, expect.stringContaining('today')]);
  expect((await asks('192.0.2.4', 'file', 'three')).status).toBe(200);
});
