// The database goes away under a running server and comes back.
import { pino } from 'pino';
import { afterAll, expect, it } from 'vitest';
import { openDb } from '#platform/db/index.ts';
import { freshDatabase } from '#tests/support/database.ts';
import { openWire } from '#tests/support/wire.ts';
import { encodePosition } from '#values/cursor.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import { openHouse, wsClient } from './support.ts';

const direct = await freshDatabase();
const wire = await openWire(direct.url);
const log = pino({ level: 'silent' });
const db = await openDb({ url: wire.url, applicationName: 'outage', poolSize: 5, log });
const house = await openHouse({
  database: { db },
  // a key is looked up, as in a real server
  authenticate: async () => {
    await db.pool.query('select 1');
    return house.viewer;
  },
});
afterAll(async () => {
  wire.mend();
  await db.close();
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
  // a code at which clients come back; at 4500 they give up
  const newcomer = wsClient(house).iterate({ query: '{ __typename }' });
  await expect(newcomer.next()).rejects.toMatchObject({ code: 1013 });
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
