// What a purge cannot do in one account keeps it from no other.
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { once } from '#domains/accounts/once.ts';
import { purgeIdempotencyKeys } from '#domains/accounts/purge-idempotency-keys.ts';
import { freshDatabase } from '#tests/support/database.ts';
import { foundAccount } from './town.ts';

const { db } = await freshDatabase();
const DAY_MS = 24 * 3_600_000;
const signal = new AbortController().signal;

async function founded() {
  const town = await foundAccount(db);
  const { accountId } = town.admin;
  const request = { mutation: 'measure', key: 'k', request: {} };
  const codec = { store: () => ({}), restore: async () => ({}) };
  await once(town, town.admin, request, async () => ({}), codec);
  return {
    ...town,
    accountId,
    kept: () => db.prisma.idempotencyKey.count({ where: { accountId } }),
  };
}

type Customer = Awaited<ReturnType<typeof founded>>;

it('tries every account, tells of the one that failed, and takes it up again', async () => {
  const customers = [await founded(), await founded()];
  const [failing, behind] = customers.toSorted((a, b) => (a.accountId < b.accountId ? -1 : 1)) as [
    Customer,
    Customer,
  ];
  await db.pool.query(`
    create function refuse() returns trigger language plpgsql as
      'begin raise exception ''not now''; end';
    create trigger refuses before delete on idempotency_key for each row
      when (old.account_id = '${failing.accountId}') execute function refuse()`);
  const told: object[] = [];
  const log = pino({ level: 'silent' });
  log.error = ((about: object) => told.push(about)) as never;
  behind.clock.advance(DAY_MS);
  const purge = () => purgeIdempotencyKeys({ db, clock: behind.clock, log }, signal);
  await expect(purge()).rejects.toThrow('1 of 2');
  expect([await failing.kept(), await behind.kept()]).toEqual([1, 0]);
  expect(told).toMatchObject([{ accountId: failing.accountId }]);
  await db.pool.query('drop trigger refuses on idempotency_key');
  expect(await purge()).toBe(1);
  await expect(
    purgeIdempotencyKeys({ db, clock: behind.clock, log }, AbortSignal.abort()),
  ).rejects.toThrow('abort');
});
