// A socket outlives its key: each operation on it has the rights that the key has left.
import { expect, it } from 'vitest';
import { openHouse, wsClient } from './support.ts';

const house = await openHouse();

/** An operation that nobody ends, so that the client keeps its socket between two others. */
const follow = (client: ReturnType<typeof wsClient>) =>
  client.iterate({ query: 'subscription { events { id } }' }).next();

it('takes no further operation of a revoked key, and closes with 4403', async () => {
  house.keys.set('Bearer late', { ...house.viewer, actor: { kind: 'key', id: 'late' } });
  const client = wsClient(house, 'Bearer late');
  const closed = new Promise<{ code: number }>((done) =>
    client.on('closed', (event) => done(event as { code: number })),
  );
  const ask = () => client.iterate({ query: '{ rateLimit { restoreRate } }' });
  // the socket stays open between the two: an operation that nobody ends holds it
  void follow(client).catch(() => {});
  expect((await ask().next()).value.data).not.toBeNull();
  house.keys.delete('Bearer late');
  await expect(ask().next()).rejects.toMatchObject({ code: 4403 });
  expect((await closed).code).toBe(4403);
});

it('runs an operation with the scopes that the key has left', async () => {
  const key = { ...house.viewer, actor: { kind: 'key' as const, id: 'fewer' } };
  house.keys.set('Bearer fewer', key);
  const client = wsClient(house, 'Bearer fewer');
  void follow(client).catch(() => {});
  const ask = () => client.iterate({ query: '{ apiKeys { nodes { id } } }' }).next();
  expect((await ask()).value.errors).toBeUndefined();
  house.keys.set('Bearer fewer', { ...key, scopes: ['calls:read'] });
  expect((await ask()).value.errors[0].extensions.code).toBe('FORBIDDEN');
  await client.dispose();
});
