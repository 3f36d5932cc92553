// The database goes away under a running server and comes back.
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { pino } from 'pino';
import { afterAll, expect, it } from 'vitest';
import { openDb } from '#platform/db/index.ts';
import { freshDatabase } from '#tests/support/database.ts';
import { encodePosition } from '#values/cursor.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import { openHouse, wsClient } from './support.ts';

/** A wire to the database that can be cut and mended. */
async function openWire(url: string) {
  const { hostname, port } = new URL(url);
  const sockets = new Set<Socket>();
  let whole = true;
  const wire = createServer((near) => {
    if (!whole) return void near.destroy();
    const far = connect(Number(port), hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    }
    near.pipe(far).pipe(near);
  });
  await once(wire.listen(0, '127.0.0.1'), 'listening');
  const through = new URL(url);
  through.hostname = '127.0.0.1';
  through.port = String((wire.address() as AddressInfo).port);
  return {
    url: through.href,
    cut: () => {
      whole = false;
      for (const socket of sockets) socket.destroy();
    },
    mend: () => {
      whole = true;
    },
    close: () => wire.close(),
  };
}

const direct = await freshDatabase();
const wire = await openWire(direct.url);
const log = pino({ level: 'silent' });
const db = await openDb({ url: wire.url, applicationName: 'outage', poolSize: 5, log });
const house = await openHouse({ database: { db } });
afterAll(async () => {
  wire.mend();
  await db.close();
  wire.close();
});
const companyId = encodeGlobalId('Company', '01900000-0000-7000-8000-000000000000');
const query = `{ node(id: "${companyId}") { id } events { nodes { id } } }`;

it('answers 503 while the database is away, and everything afterwards', async () => {
  const start = encodePosition(await house.events.head());
  const client = wsClient(house);
  const live = client.iterate({
    query: 'subscription($after: Cursor) { events(after: $after) { subjectVersion } }',
    variables: { after: start },
  });
  await house.happen([1]);
  expect((await live.next()).value.data.events.subjectVersion).toBe(1);

  wire.cut();
  const away = await house.graphql(query);
  expect(away.status).toBe(503);
  expect((await away.json()).errors[0].extensions).toEqual({
    code: 'SERVICE_UNAVAILABLE',
    retryAfterSeconds: 5,
  });
  const ready = await fetch(`${house.url}/ready`);
  expect(ready.status).toBe(503);
  expect(await ready.json()).toMatchObject({ status: 'not ready', database: 'does not answer' });
  expect((await fetch(`${house.url}/health`)).status).toBe(200);

  wire.mend();
  await expect.poll(async () => (await house.graphql(query)).status, { timeout: 10_000 }).toBe(200);
  await house.happen([2]);
  expect((await live.next()).value.data.events.subjectVersion).toBe(2);
  await client.dispose();
});
