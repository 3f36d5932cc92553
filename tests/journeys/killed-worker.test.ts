// kill -9 of a worker that has deliveries in hand: they are due again at once, under the same ids and with the same bytes;
// the receiver may hear of one twice, and of none never.
import type { ServerResponse } from 'node:http';
import { expect, it } from 'vitest';
import { openReceiver } from '#tests/domains/webhooks/post-office.ts';
import { until } from '#tests/support/town.ts';
import { openDeliveryTown } from './delivery-town.ts';

const town = await openDeliveryTown();
const [killed, heir] = [town.worker(), town.worker()];

it('is taken up by the next worker, nothing is lost', { timeout: 120_000 }, async () => {
  const receiver = await openReceiver();
  const { endpoint } = await town.endpoint(receiver.url);
  const held: ServerResponse[] = [];
  receiver.behaves((response) => void held.push(response));
  await killed.start();
  await town.happens(30);
  // between claim and settle: the receiver has them, and has not answered
  await until('four are in hand', () => held.length === 4);
  await killed.kill();
  receiver.behaves(204);
  await heir.start();
  const delivered = async () =>
    (await town.deliveriesOf(endpoint.id)).filter(({ state }) => state === 'DELIVERED');
  await until('all are delivered', async () => (await delivered()).length === 30, 90_000);
  expect(receiver.mostOpen()).toBe(4);
  const told = receiver.ids();
  expect(told).toHaveLength(34);
  expect(new Set(told)).toEqual(new Set(await town.eventIds()));
  const again = told.slice(0, 4);
  expect(again.filter((id) => told.indexOf(id, 4) < 0)).toEqual([]);
  for (const id of again) {
    const letters = receiver.letters.filter(({ headers }) => headers['webhook-id'] === id);
    expect(new Set(letters.map(({ body }) => body)).size).toBe(1);
  }
  // the attempt that was cut off left no trace but its body
  expect((await delivered()).every(({ attempts }) => attempts === 1)).toBe(true);
});
