// Subscriptions over graphql-ws: the protocol's close codes, resuming by cursor, rights that end, limits per connection.
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { raiseEpoch } from '#platform/db/index.ts';
import { encodePosition } from '#values/cursor.ts';
import { makeViewer, openHouse, wsClient } from './support.ts';

const house = await openHouse({ recheckEveryMs: 40 });
const LIVE = `subscription($after: Cursor, $filter: EventFilter) { events(after: $after, filter: $filter) { cursor subjectVersion type } }`;

interface Live {
  cursor: string;
  subjectVersion: number;
}
type Message = {
  data?: { events: Live } | null;
  errors?: { message: string; extensions: { code: string } }[];
};
const live = (variables: object, client = wsClient(house)) => ({
  client,
  messages: client.iterate({
    query: LIVE,
    variables: { ...variables },
  }) as AsyncIterableIterator<Message>,
});
const head = async () => encodePosition(await house.events.head());

async function take(messages: AsyncIterableIterator<Message>, count: number): Promise<Live[]> {
  const taken: Live[] = [];
  for await (const { data } of messages) {
    if (data) taken.push(data.events);
    if (taken.length === count) break;
  }
  return taken;
}
const versions = (events: Live[]) => events.map(({ subjectVersion }) => subjectVersion);

describe('Subscription.events over graphql-ws', () => {
  it('replays behind a cursor, then goes live, with no gap and no repeat', async () => {
    const start = await head();
    await house.happen([1, 2, 3]);
    const { client, messages } = live({ after: start });
    const replayed = await take(messages, 3);
    expect(versions(replayed)).toEqual([1, 2, 3]);
    await house.happen([4]);
    const second = live({ after: replayed[1]?.cursor }, client);
    const rest = take(second.messages, 4);
    await house.happen([5]);
    await house.happen([6]);
    expect(versions(await rest)).toEqual([3, 4, 5, 6]);
    await client.dispose();
  });

  it('starts now without a cursor', async () => {
    const start = await head();
    await house.happen([10]);
    const { client, messages: replayed } = live({ after: start });
    // now the server has read event 10 from its log, so that "now" is behind it
    await take(replayed, 1);
    const { messages } = live({}, client);
    const first = messages.next();
    let told = false;
    void first.finally(() => {
      told = true;
    });
    for (let n = 11; !told; n += 1) await house.happen([n]);
    expect((await first).value.data.events.subjectVersion).toBeGreaterThan(10);
    await client.dispose();
  });

  it('gives a viewer of one company nothing of another', async () => {
    const [mine, other] = [randomUUID(), randomUUID()];
    const narrow = {
      ...house.viewer,
      actor: { kind: 'key' as const, id: 'narrow' },
      companyIds: [mine],
    };
    house.keys.set('Bearer narrow', narrow);
    const start = await head();
    await house.happen([20], '', other);
    await house.happen([21], '', null);
    await house.happen([22], '', mine);
    const { client, messages } = live({ after: start }, wsClient(house, 'Bearer narrow'));
    expect(versions(await take(messages, 1))).toEqual([22]);
    await client.dispose();
  });

  it('gives another account nothing', async () => {
    house.keys.set('Bearer stranger', makeViewer());
    const start = await head();
    await house.happen([23]);
    const { client, messages } = live({ after: start }, wsClient(house, 'Bearer stranger'));
    const first = messages.next().then(
      ({ done }) => (done ? 'nothing' : 'an event'),
      () => 'nothing',
    );
    await house.happen([24]);
    const own = live({ after: start });
    await take(own.messages, 2);
    await Promise.all([client.dispose(), own.client.dispose()]);
    expect(await first).toBe('nothing');
  });

  it.each([
    ['MALFORMED_CURSOR', async () => 'nonsense'],
    [
      'CURSOR_EXPIRED","reason":"AHEAD',
      async () => {
        const at = await house.events.head();
        return encodePosition({ ...at, xid: at.xid + 1_000_000n });
      },
    ],
    [
      'CURSOR_EXPIRED","reason":"TOO_OLD',
      async () => {
        const at = await house.events.head();
        await house.db.pool.query(
          'INSERT INTO event_retention (id, epoch, xid, seq) VALUES (1, $1, 5, 5) ON CONFLICT (id) DO NOTHING',
          [at.epoch],
        );
        return encodePosition({ epoch: at.epoch, xid: 4n, seq: 1n });
      },
    ],
    [
      'CURSOR_EXPIRED","reason":"HISTORY_LOST',
      async () => {
        const at = await house.events.head();
        const client = await house.db.pool.connect();
        await raiseEpoch(client, 'test').finally(() => client.release());
        return encodePosition({ ...at, seq: at.seq + 1_000n });
      },
    ],
  ])('answers a bad cursor with %s', async (code, makeCursor) => {
    // the head is the last event's place: one of the epoch that is now
    await house.happen([25]);
    const { client, messages } = live({ after: await makeCursor() });
    const told = await messages.next().catch((errors) => errors);
    expect(JSON.stringify(told)).toContain(`"code":"${code}"`);
    await client.dispose();
  });

  it('ends with UNAUTHENTICATED when the key is revoked, idle or not', async () => {
    house.keys.set('Bearer gone', { ...house.viewer, actor: { kind: 'key', id: 'gone' } });
    const { client, messages } = live({ after: await head() }, wsClient(house, 'Bearer gone'));
    await house.happen([30]);
    await messages.next();
    house.keys.delete('Bearer gone');
    const { value } = await messages.next();
    expect(value.errors[0].extensions).toEqual({ code: 'UNAUTHENTICATED', reason: 'REVOKED' });
    expect((await messages.next()).done).toBe(true);
    await client.dispose();
  });

  it('ends with FORBIDDEN when the key has lost a scope', async () => {
    const key = { ...house.viewer, actor: { kind: 'key' as const, id: 'less' } };
    house.keys.set('Bearer less', key);
    const { client, messages } = live({ after: await head() }, wsClient(house, 'Bearer less'));
    await house.happen([31]);
    await messages.next();
    house.keys.set('Bearer less', { ...key, scopes: ['leads:read'] });
    const { value } = await messages.next();
    expect(value.errors[0].extensions.code).toBe('FORBIDDEN');
    await client.dispose();
  });

  it('runs queries too, with their cost and their errors', async () => {
    const client = wsClient(house);
    const { value } = await client.iterate({ query: '{ rateLimit { restoreRate } }' }).next();
    expect(value.extensions.cost.requestedQueryCost).toBe(1);
    const refused = await client
      .iterate({ query: '{ nothing }' })
      .next()
      .catch((errors) => errors);
    expect(refused[0].extensions).toEqual({ code: 'GRAPHQL_VALIDATION_FAILED' });
    await client.dispose();
  });

  it('refuses the 21st operation of a connection', async () => {
    const client = wsClient(house);
    const start = await head();
    const twenty = Array.from({ length: 20 }, () => live({ after: start }, client).messages);
    await house.happen([40]);
    await Promise.all(twenty.map((messages) => messages.next()));
    const refused = await live({ after: start }, client)
      .messages.next()
      .catch((errors) => errors);
    expect(refused[0].extensions).toEqual({ code: 'TOO_MANY_SUBSCRIPTIONS', limit: 20 });
    await client.dispose();
  });
});

describe('the protocol', () => {
  const open = async () => {
    const socket = new WebSocket(
      `${house.url.replace('http', 'ws')}/graphql`,
      'graphql-transport-ws',
    );
    await once(socket, 'open');
    return socket;
  };
  const say = (socket: WebSocket, ...messages: object[]) => {
    for (const message of messages) socket.send(JSON.stringify(message));
  };
  const init = { type: 'connection_init', payload: { authorization: 'Bearer sb_test_one' } };
  const subscribe = { id: '1', type: 'subscribe', payload: { query: LIVE } };

  it.each([
    [4400, 'nonsense', [{ type: 'nonsense' }]],
    [4401, 'a subscription before the key', [subscribe]],
    [4403, 'no key', [{ type: 'connection_init' }]],
    [
      4403,
      'a key that is not known',
      [{ type: 'connection_init', payload: { authorization: 'Bearer no' } }],
    ],
    [4429, 'a second key', [init, init]],
  ])('closes with %i after %s', async (code, _name, messages) => {
    const socket = await open();
    say(socket, ...messages);
    expect((await once(socket, 'close'))[0]).toBe(code);
  });

  it('closes with 4409 when an id is used twice', async () => {
    const socket = await open();
    say(socket, init);
    await once(socket, 'message');
    say(socket, subscribe, subscribe);
    expect((await once(socket, 'close'))[0]).toBe(4409);
  });

  it('closes with 4408 when no key comes', async () => {
    const socket = await open();
    expect((await once(socket, 'close'))[0]).toBe(4408);
  });

  it('closes with 1009 on a message over 100 KB', async () => {
    const socket = await open();
    say(socket, { ...init, padding: 'x'.repeat(110_000) });
    expect((await once(socket, 'close'))[0]).toBe(1009);
  });
});
