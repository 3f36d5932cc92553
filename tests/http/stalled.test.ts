// One subscriber that stops reading through 20,000 events of 1 KB: the process lives, the others get everything, next to
// nothing is held back for it, and the socket is dropped in the end with the documented code, and a line in the log.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { expect, it } from 'vitest';
import { WebSocket } from 'ws';
import '#domains/activity/schema.ts';
import { implementEvent } from '#domains/activity/index.ts';
import { builder } from '#graphql/builder.ts';
import { openSharedSubscribe } from '#graphql/subscribe-shared.ts';
import { encodePosition } from '#values/cursor.ts';
import { openHouse, wsClient } from './support.ts';

implementEvent({
  typename: 'FilledEvent',
  types: ['call.updated'],
  description: 'An event of 1 KB.',
  fields: (t) => ({
    filler: t.string({ resolve: (event) => String(event.payload.filler) }),
    n: t.int({ resolve: (event) => Number(event.payload.n) }),
  }),
});

/** what a socket may hold back: a few events, where 20,000 of them are 20 MB */
const HELD_BYTES = 64 * 1024;
/** what holds more is dropped at the next look; for time alone nobody is, until the test says so */
const stall = {
  maxBufferedBytes: HELD_BYTES,
  stalledAfterMs: 3_600_000,
  lookEveryMs: 20,
  graceMs: 5_000,
};
const shared = openSharedSubscribe();
const house = await openHouse({ schema: builder.toSchema(), shared, stall });
const EVENTS = 20_000;
const FILLER = 'x'.repeat(1024);
const query =
  'subscription($after: Cursor) { events(after: $after) { ... on FilledEvent { n filler } } }';

async function openStalled(after: string): Promise<WebSocket & { _socket: Socket }> {
  const socket = new WebSocket(
    `${house.url.replace('http', 'ws')}/graphql`,
    'graphql-transport-ws',
  );
  await once(socket, 'open');
  socket.send(
    JSON.stringify({ type: 'connection_init', payload: { authorization: 'Bearer sb_test_one' } }),
  );
  await once(socket, 'message');
  const payload = { query, variables: { after } };
  socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload }));
  const stalled = socket as WebSocket & { _socket: Socket };
  stalled._socket.pause();
  return stalled;
}

async function follow(after: string): Promise<string> {
  const client = wsClient(house);
  const digest = createHash('sha1');
  let seen = 0;
  for await (const { data } of client.iterate({ query, variables: { after } })) {
    digest.update(`${(data as { events: { n: number } }).events.n},`);
    seen += 1;
    if (seen === EVENTS) break;
  }
  await client.dispose();
  return digest.digest('hex');
}

it('costs the others nothing', { timeout: 60_000 }, async () => {
  const after = encodePosition(await house.events.head());
  const stalled = await openStalled(after);
  const healthy = [follow(after), follow(after)];
  const wanted = createHash('sha1');
  for (let n = 0; n < EVENTS; n += 500) {
    const numbers = Array.from({ length: 500 }, (_, i) => n + i);
    for (const each of numbers) wanted.update(`${each},`);
    await house.happen(numbers, FILLER);
  }
  const all = wanted.digest('hex');
  expect(await Promise.all(healthy)).toEqual([all, all]);
  const dropped = () => house.logged.find(({ msg }) => String(msg).includes('does not read'));
  expect(dropped(), 'more was held back for it').toBeUndefined();
  const { executed, shared: taken } = shared.counts();
  expect(executed + taken).toBeGreaterThanOrEqual(2 * EVENTS);
  expect(taken).toBeGreaterThan(0);
  stall.stalledAfterMs = 0;
  await expect.poll(dropped, { timeout: 10_000 }).toMatchObject({ bytes: expect.any(Number) });
  expect(dropped()?.bytes).toBeGreaterThan(0);
  expect(dropped()?.bytes).toBeLessThan(HELD_BYTES);
  stalled._socket.resume();
  expect((await once(stalled, 'close'))[0]).toBe(4010);
});
