// The wire between browsers and the collect door: it hands on what passes, keeps a copy of it, and can be slow, cut or
// answer in the server's place. What the door says itself is never made up here.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { afterAll } from 'vitest';
import { scriptsDoor } from '#http/scripts.ts';

/** Headers of a browser that the door reads. */
const HANDED_ON = ['content-type', 'origin', 'user-agent', 'sec-ch-ua-mobile'];

export interface Told {
  path: string;
  origin: string | undefined;
  body: Record<string, unknown> & { numbers: string[] };
}

export interface Wire {
  url: string;
  /** what was sent */
  told: Told[];
  /** those told on one path */
  at(path: string): Told['body'][];
  /** resolves with the told body that fits, answered now or later */
  heard(path: string, fits?: (body: Told['body']) => boolean): Promise<Told['body']>;
  /** what is sent waits until this resolves */
  slow: Promise<void>;
  /** status for all that is asked, in the server's place; 0 cuts the connection */
  failing: number | undefined;
  /** each swap of an answer takes texts: no number of the product does yet */
  takesTexts: boolean;
  /** as it was when it was laid; what comes late of a test before, under its key, is heard no more */
  mend(keyBefore: string): void;
}

/** Lays it to the server under `doorUrl`; taken up after the file. The scripts come through their real door. */
export async function openWire(doorUrl: string): Promise<Wire> {
  const scripts = scriptsDoor({ log: pino({ level: 'silent' }) });
  const answered: Told[] = [];
  const past = new Set<unknown>();
  const listeners = new Set<() => void>();
  const wire: Wire = {
    url: '',
    told: [],
    at: (path) => wire.told.filter((one) => one.path === path).map(({ body }) => body),
    heard: (path, fits = () => true) =>
      new Promise((resolve) => {
        const look = () => {
          const found = answered.find((one) => one.path === path && fits(one.body));
          if (!found) return;
          listeners.delete(look);
          resolve(found.body);
        };
        listeners.add(look);
        look();
      }),
    slow: Promise.resolve(),
    failing: undefined,
    takesTexts: false,
    mend: (keyBefore) => {
      past.add(keyBefore);
      wire.told.length = answered.length = 0;
      Object.assign(wire, { slow: Promise.resolve(), failing: undefined, takesTexts: false });
    },
  };

  async function handOn(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = Buffer.concat(await request.toArray());
    if (wire.failing === 0) return void response.destroy();
    if (wire.failing) {
      const headers = { 'access-control-allow-origin': request.headers.origin ?? 'null' };
      return void response.writeHead(wire.failing, headers).end();
    }
    const path = (request.url ?? '').slice('/collect/'.length);
    const { origin } = request.headers;
    const told: Told = { path, origin, body: JSON.parse(body.toString()) };
    const isPast = () => past.has(told.body.key);
    if (isPast()) return void response.destroy();
    wire.told.push(told);
    await wire.slow;
    const headers = HANDED_ON.flatMap((name) => {
      const value = request.headers[name];
      return typeof value === 'string' ? [[name, value] as [string, string]] : [];
    });
    const answer = await fetch(doorUrl + request.url, { method: 'POST', headers, body });
    const text = (await answer.text()).replaceAll(
      '"sms":false',
      `"sms":${String(wire.takesTexts)}`,
    );
    const shown = [...answer.headers].filter(([name]) => /^(access-|content-type|vary)/.test(name));
    response.writeHead(answer.status, Object.fromEntries(shown)).end(text);
    if (!isPast()) answered.push(told);
    for (const look of [...listeners]) look();
  }

  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://here');
    if (await scripts(request, response, url)) return;
    // at the end of a file pages still say that they are left, to a door that is closed already
    if (url.pathname.startsWith('/collect/')) {
      await handOn(request, response).catch(() => response.destroy());
    } else response.writeHead(404).end();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  wire.url = `http://collect.example:${(server.address() as AddressInfo).port}`;
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });
  return wire;
}
