// Random cuts of the connection while events happen: by set difference nothing is missing, over sockets and over SSE.
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { encodePosition } from '#values/cursor.ts';
import { openHouse, wsClient } from './support.ts';

const house = await openHouse();
const EVENTS = 600;
const query = 'subscription($after: Cursor) { events(after: $after) { cursor subjectVersion } }';
type Live = { cursor: string; subjectVersion: number };

/** a small seeded generator: the same cuts in every run */
function seeded(seed: number) {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

async function throughSockets(start: string, seed: number): Promise<number[]> {
  const random = seeded(seed);
  const seen: number[] = [];
  let after = start;
  while (seen.length < EVENTS) {
    const client = wsClient(house);
    const cutAfter = 1 + Math.floor(random() * 40);
    let taken = 0;
    for await (const { data } of client.iterate({ query, variables: { after } })) {
      const event = (data as { events: Live }).events;
      seen.push(event.subjectVersion);
      after = event.cursor;
      taken += 1;
      if (taken === cutAfter || seen.length === EVENTS) break;
    }
    client.terminate();
  }
  return seen;
}

async function throughSse(start: string, seed: number): Promise<number[]> {
  const random = seeded(seed);
  const seen: number[] = [];
  let last = start;
  while (seen.length < EVENTS) {
    const response = await house.graphql(
      query,
      { after: start },
      {
        accept: 'text/event-stream',
        'last-event-id': last,
      },
    );
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    const cutAfter = 1 + Math.floor(random() * 40);
    let text = '';
    for (let taken = 0; taken < cutAfter && seen.length < EVENTS; ) {
      const { value } = await reader.read();
      text += Buffer.from(value ?? new Uint8Array()).toString();
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks.filter((each) => each.includes('data: '))) {
        if (taken >= cutAfter) break;
        last = /^id: (.*)$/m.exec(block)?.[1] ?? last;
        seen.push(JSON.parse(/^data: (.*)$/m.exec(block)?.[1] ?? '').data.events.subjectVersion);
        taken += 1;
      }
    }
    await reader.cancel();
  }
  return seen;
}

it('loses and repeats nothing', { timeout: 60_000 }, async () => {
  const start = encodePosition(await house.events.head());
  const readers = [throughSockets(start, 7), throughSockets(start, 11), throughSse(start, 13)];
  for (let n = 0; n < EVENTS; n += 3) {
    await house.happen([n, n + 1, n + 2]);
    if (n % 60 === 0) await pause(1);
  }
  const all = Array.from({ length: EVENTS }, (_, n) => n);
  for (const seen of await Promise.all(readers)) expect(seen).toEqual(all);
});
