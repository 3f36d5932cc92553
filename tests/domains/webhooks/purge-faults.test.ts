// A purge of the delivery log that fails in one place goes on in all others, and ends when its time is up.
import { beforeEach, expect, it } from 'vitest';
import { webhooksJobHandlers } from '#domains/webhooks/job-handlers.ts';
import { customer } from './customer.ts';
import { JOB, openPostOffice } from './post-office.ts';

const told: object[] = [];
const office = await openPostOffice();
const log = office.log.child({});
log.error = ((about: object) => told.push(about)) as never;
const [, purgeHandler] = webhooksJobHandlers({ ...office, log });
const MONTH_MS = 31 * 86_400_000;
beforeEach(() => {
  told.length = 0;
});

async function subscribed() {
  const one = await customer(office);
  const { accountId } = one;
  const kept = () => office.db.prisma.webhookDelivery.count({ where: { accountId } });
  return { ...one, kept };
}
type Customer = Awaited<ReturnType<typeof subscribed>>;

/** Deliveries of these accounts cannot be deleted, until what this answers is called. */
async function refuseFor(...accountIds: string[]) {
  await office.db.pool.query(`
    create or replace function refuse() returns trigger language plpgsql as
      'begin raise exception ''not now''; end';
    create trigger refuses before delete on webhook_delivery for each row
      when (old.account_id in ('${accountIds.join("','")}')) execute function refuse()`);
  return () => office.db.pool.query('drop trigger refuses on webhook_delivery');
}

it('an account and an endpoint that fail keep no other from being purged', async () => {
  const customers = [await subscribed(), await subscribed(), await subscribed()];
  // as the purge takes them up
  const [failing, ending, behind] = customers.toSorted((a, b) =>
    a.accountId < b.accountId ? -1 : 1,
  ) as [Customer, Customer, Customer];
  for (const { make, happens } of [failing, ending, behind]) {
    await make();
    await happens(2);
  }
  const { id } = await office.db.prisma.webhookEndpoint.findFirstOrThrow({
    where: { accountId: ending.accountId },
  });
  await office.db.prisma.webhookEndpoint.updateMany({
    where: { id },
    data: { deletedAt: office.clock.now('') },
  });
  office.clock.advance(MONTH_MS);
  const relent = await refuseFor(failing.accountId, ending.accountId);
  await expect(purgeHandler.run({}, JOB)).rejects.toThrow('3 of');
  expect([await failing.kept(), await ending.kept(), await behind.kept()]).toEqual([2, 2, 0]);
  expect(told).toMatchObject([
    { accountId: ending.accountId, endpointId: id },
    { accountId: failing.accountId },
    { accountId: ending.accountId },
  ]);
  await relent();
  expect(await purgeHandler.run({}, JOB)).toBe('purged 4');
});

it('ends when its time is up', async () => {
  const { make, happens, kept } = await subscribed();
  await make();
  await happens(1);
  office.clock.advance(MONTH_MS);
  const late = { ...JOB, signal: AbortSignal.abort() };
  await expect(purgeHandler.run({}, late)).rejects.toThrow('abort');
  expect(await kept()).toBe(1);
});
