// The server is stopped under open clients.
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { openHouse } from './support.ts';

const house = await openHouse();

it('stops at once under open clients, telling sockets 1001', async () => {
  const socket = new WebSocket(
    `${house.url.replace('http', 'ws')}/graphql`,
    'graphql-transport-ws',
  );
  await once(socket, 'open');
  const stream = await house.graphql(
    'subscription { events { id } }',
    {},
    { accept: 'text/event-stream' },
  );
  const reader = (stream.body as ReadableStream<Uint8Array>).getReader();
  await reader.read();
  const closed = once(socket, 'close');
  const ended = reader.read().catch(() => ({ done: true }));
  await house.stop();
  expect((await closed)[0]).toBe(1001);
  expect((await ended).done).toBe(true);
});
