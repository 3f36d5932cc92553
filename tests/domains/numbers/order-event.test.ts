// The carrier's word on an order, when it cannot be looked up.
import { expect, it } from 'vitest';
import { receiveOrderEvent } from '#domains/numbers/index.ts';
import { CarrierUnreachable, openInbox, readHead } from '#platform/carrier/index.ts';
import { openSecrets } from '#platform/secrets/index.ts';
import { openDepot } from './depot.ts';

const secrets = openSecrets(Buffer.alloc(32, 7));

const depot = await openDepot();
const inbox = openInbox(depot.db, secrets, { error() {} });

it('is tried again with growing pauses, and kept as FAILED in the end', async () => {
  const { accountId, create, numberOf } = await depot.settle();
  const { id: reference } = await numberOf((await create()).id);
  const told = {
    data: {
      id: 'event-1',
      event_type: 'number_order.complete',
      occurred_at: '2026-03-02T15:00:00.000Z',
      payload: { id: 'order-1', customer_reference: reference },
    },
  };
  const { clock } = depot;
  await inbox.store(accountId, readHead(told), JSON.stringify(told), clock.now(accountId));
  const carriers = { of: () => Promise.reject(new CarrierUnreachable('no answer')) };
  const receive = () =>
    receiveOrderEvent({ ...depot, inbox, carriers } as never, accountId, 'order-1');
  const stored = () =>
    depot.db.prisma.carrierEvent.findUniqueOrThrow({
      where: { accountId_id: { accountId, id: 'event-1' } },
    });

  await expect(receive()).rejects.toThrow('no answer');
  expect(await stored()).toMatchObject({ state: 'RECEIVED', attempts: 1 });
  clock.advance(999);
  expect(await inbox.leftover('number_order', clock.now(''), 10)).toEqual([]);
  clock.advance(2_001);
  expect(await inbox.leftover('number_order', clock.now(''), 10)).toHaveLength(1);
  for (let tries = 1; tries < 12; tries += 1) await expect(receive()).rejects.toThrow();
  const failed = await stored();
  expect(failed).toMatchObject({ state: 'FAILED', attempts: 12 });
  expect(failed.error).toContain('no answer');
});
