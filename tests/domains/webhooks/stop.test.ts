// A worker that stops: what is under way comes to its end and is written down, the rest is let go for others.
import { expect, it } from 'vitest';
import { openPresence } from '#platform/db/index.ts';
import { until } from '#tests/support/town.ts';
import { openPostOffice, openReceiver } from './post-office.ts';

it('a worker that stops finishes what is under way and lets go of the rest', async () => {
  const office = await openPostOffice();
  const { happens, endpoint, deliveries, endpointRow } = await office.settle();
  const receiver = await openReceiver();
  const { endpoint: made } = await endpoint(receiver.url);
  const held: (() => void)[] = [];
  receiver.behaves((response) => void held.push(() => response.end()));
  const sent = happens(10);
  await until('four are under way', () => held.length === 4);
  const stopped = office.deliveries.stop();
  for (const answer of held) answer();
  await Promise.all([stopped, sent]);
  expect(await deliveries({ state: 'DELIVERED', attempts: 1 })).toHaveLength(4);
  expect(await deliveries({ state: 'PENDING', attempts: 0 })).toHaveLength(6);
  // on a machine that is too busy for its grace it has let go of nothing, and is dead to the others, who take it up too
  const other = await openPresence(office);
  const { claimedBy, dueAt } = await endpointRow(made.id);
  const isFree = claimedBy === null ? dueAt !== null : !(await other.alive()).has(claimedBy);
  await other.close();
  expect(isFree).toBe(true);
});
