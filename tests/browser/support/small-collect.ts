// A small server that speaks the collect protocol, with the real door of the scripts, until the product's own stands.
// It keeps what it was told; what it answers is set by the test.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { afterAll } from 'vitest';
import { scriptsDoor } from '#http/scripts.ts';

export interface Told {
  path: string;
  origin: string | undefined;
  body: Record<string, unknown> & { numbers: string[] };
}

export interface SmallCollect {
  url: string;
  told: Told[];
  /** those told on one path */
  at(path: string): Told['body'][];
  /** resolves with the told body that fits, now or later */
  heard(path: string, fits?: (body: Told['body']) => boolean): Promise<Told['body']>;
  /** key → target → number; a key that is not here is refused */
  sites: Map<string, Record<string, string>>;
  smsNumbers: Set<string>;
  /** answers wait until this resolves */
  slow: Promise<void>;
  /** status for all that is asked, instead of an answer; 0 cuts the connection */
  failing: number | undefined;
  /** sessions that are over */
  over: Set<string>;
  settings: { keepSeconds: number; heartbeatSeconds: number; cookieDays: number };
}

/** Starts it on a free port; stopped after the file. */
export async function openSmallCollect(): Promise<SmallCollect> {
  const door = scriptsDoor({ log: pino({ level: 'silent' }) });
  const listeners = new Set<() => void>();
  const small: SmallCollect = {
    url: '',
    told: [],
    at: (path) => small.told.filter((one) => one.path === path).map(({ body }) => body),
    heard: (path, fits = () => true) =>
      new Promise((resolve) => {
        const look = () => {
          const found = small.at(path).find(fits);
          if (!found) return;
          listeners.delete(look);
          resolve(found);
        };
        listeners.add(look);
        look();
      }),
    sites: new Map(),
    smsNumbers: new Set(),
    slow: Promise.resolve(),
    failing: undefined,
    over: new Set(),
    settings: { keepSeconds: 1_200, heartbeatSeconds: 30, cookieDays: 90 },
  };
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://here');
    if (await door(request, response, url)) return;
    if (!url.pathname.startsWith('/collect/')) return void response.writeHead(404).end();
    const text = await readText(request);
    if (small.failing === 0) return void response.destroy();
    response.setHeader('access-control-allow-origin', request.headers.origin ?? 'null');
    response.setHeader('vary', 'Origin');
    if (small.failing) return void response.writeHead(small.failing).end();
    const path = url.pathname.slice('/collect/'.length);
    const body = JSON.parse(text);
    small.told.push({ path, origin: request.headers.origin, body });
    await small.slow;
    answer(response, path, body);
    for (const look of [...listeners]) look();
  });

  const sessions = new Map<string, string>();
  function answer(response: ServerResponse, path: string, body: Told['body']): void {
    const numbers = small.sites.get(String(body.key));
    if (!numbers) return void response.writeHead(403).end('{"code":"FORBIDDEN"}');
    if (path === 'heartbeat' && small.over.has(String(body.session))) {
      return void response.writeHead(410).end();
    }
    if (path !== 'visit') return void response.writeHead(204).end();
    const visitor = String(body.visitor);
    const before = sessions.get(visitor);
    const isOver = before === undefined || small.over.has(before);
    const session = isOver ? `session-${sessions.size + small.over.size + 1}` : before;
    if (body.consent === 'granted') sessions.set(visitor, session);
    const swaps = body.numbers
      .filter((target) => numbers[target])
      .map((target) => ({
        target,
        number: numbers[target],
        sms: small.smsNumbers.has(String(numbers[target])),
      }));
    const text = JSON.stringify({
      session: body.consent === 'granted' ? session : null,
      swaps,
      targets: Object.keys(numbers),
      ...small.settings,
    });
    response.writeHead(200, { 'content-type': 'application/json' }).end(text);
  }

  await once(server.listen(0, '127.0.0.1'), 'listening');
  small.url = `http://collect.example:${(server.address() as AddressInfo).port}`;
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });
  return small;
}

async function readText(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}
