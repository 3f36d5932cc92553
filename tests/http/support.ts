// A running server over a real database and event log, for tests of the doors.
import { randomUUID } from 'node:crypto';
import { createClient } from 'graphql-ws';
import { pino } from 'pino';
import { afterAll } from 'vitest';
import { z } from 'zod';
import { Unauthenticated } from '#domains/accounts/index.ts';
import { type HttpOptions, type HttpServer, startHttp } from '#http/start-http.ts';
import { systemClock } from '#platform/clock/index.ts';
import type { Db } from '#platform/db/index.ts';
import { defineEvent, type EventLog, openEventLog } from '#platform/events/index.ts';
import type { Platform } from '#platform/platform.ts';
import { freshDatabase } from '#tests/support/database.ts';
import { SCOPES } from '#values/scopes.ts';
import type { Viewer } from '#values/viewer.ts';

const updated = defineEvent('call.updated', { filler: z.string(), n: z.int() });

export interface House extends HttpServer {
  db: Db;
  events: EventLog;
  viewer: Viewer;
  /** keys and their viewers; remove one to revoke it */
  keys: Map<string, Viewer>;
  logged: Record<string, unknown>[];
  graphql(source: string, variables?: object, headers?: Record<string, string>): Promise<Response>;
  /** appends events of one call, each in its own transaction unless `together` */
  happen(numbers: number[], filler?: string, companyId?: string | null): Promise<void>;
}

/** Starts it; everything is stopped after the file. */
export async function openHouse(
  options: Partial<HttpOptions> & { database?: { db: Db } } = {},
): Promise<House> {
  const { db } = options.database ?? (await freshDatabase());
  const logged: Record<string, unknown>[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => logged.push(JSON.parse(line)) });
  const events = await openEventLog({ db, log });
  const viewer = makeViewer();
  await db.prisma.account.create({ data: accountRow(viewer.accountId) });
  const keys = new Map([['Bearer sb_test_one', viewer]]);
  const find = (bearer: string): Viewer => {
    const found = keys.get(bearer);
    if (!found) throw new Unauthenticated('UNKNOWN');
    return found;
  };
  const platform = { db, events, log, clock: systemClock } as unknown as Platform;
  const server = await startHttp({
    platform,
    schema: options.schema ?? (await import('#schema')).schema,
    port: 0,
    host: '127.0.0.1',
    authenticate: async (bearer) => find(bearer),
    authenticateSession: async (token) => find(`Session ${token}`),
    standing: { PUBLIC_URL: undefined, TRUSTED_PROXIES: 0 },
    recheck: async (asked) => {
      const now = [...keys.values()].find((each) => each.actor.id === asked.actor.id);
      if (!now) throw new Unauthenticated('REVOKED');
      return now;
    },
    tellRefusal: async () => {},
    ...options,
  });
  afterAll(async () => {
    await server.stop().catch(() => {});
    await events.stop();
  });
  const callId = randomUUID();
  return {
    ...server,
    db,
    events,
    viewer,
    keys,
    logged,
    graphql: (query, variables = {}, headers = {}) =>
      fetch(`${server.url}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: 'Bearer sb_test_one',
          ...headers,
        },
        body: JSON.stringify({ query, variables }),
      }),
    happen: async (numbers, filler = '', companyId = null) => {
      await db.transaction(async (tx) => {
        await events.lock(tx, viewer.accountId, [`call:${callId}`]);
        await events.append(
          tx,
          viewer.accountId,
          numbers.map((n) => ({
            definition: updated,
            companyId,
            subject: `call:${callId}`,
            subjectVersion: n,
            occurredAt: new Date('2026-11-23T09:30:00Z'),
            payload: { filler, n },
          })),
        );
      });
    },
  };
}

export function makeViewer(change: Partial<Viewer> = {}): Viewer {
  return {
    accountId: randomUUID(),
    mode: 'TEST',
    actor: { kind: 'key', id: randomUUID() },
    role: 'ADMIN',
    scopes: SCOPES,
    companyIds: null,
    ...change,
  };
}

function accountRow(id: string) {
  return { id, name: 'Test', mode: 'TEST', createdAt: new Date() } as const;
}

/** A graphql-ws client of the server. */
export function wsClient(house: House, authorization = 'Bearer sb_test_one') {
  const client = createClient({
    url: `${house.url.replace('http', 'ws')}/graphql`,
    connectionParams: { authorization },
    retryAttempts: 0,
  });
  return client;
}
