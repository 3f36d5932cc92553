// The tables number_pool, pool_hour and pool_number as far as a pool's make-up goes. Who holds what is written by
// store-leases.ts, what an answer changes by store-grants.ts. The caller holds the pool.
import type { NumberPool } from '#generated/prisma/client.ts';
import { type SqlTx, type Tx, tenantSql } from '#platform/db/index.ts';

export type PoolRow = NumberPool;

export interface PoolKey {
  accountId: string;
  trackerId: string;
}

/** Which numbers the pool of a session tracker was made of; null before its first visitor. */
export async function readNumbersKey(
  tx: SqlTx,
  { accountId, trackerId }: PoolKey,
): Promise<string | null> {
  const sql = tenantSql(accountId);
  const [pool] = await sql`
    select numbers_key as key from number_pool
     where account_id = ${sql.account} and tracker_id = ${trackerId}::uuid`.rows<{ key: string }>(
    tx,
  );
  return pool?.key ?? null;
}

/** Makes the pool when there is none, and writes which numbers it was made of. */
export async function savePool(
  tx: SqlTx,
  { accountId, trackerId }: PoolKey,
  {
    companyId,
    numbersKey,
    total,
    held,
  }: Pick<PoolRow, 'companyId' | 'numbersKey' | 'total' | 'held'>,
): Promise<void> {
  const sql = tenantSql(accountId);
  await sql`
    insert into number_pool (account_id, tracker_id, company_id, numbers_key, total, held)
    select account_id, id, ${companyId}::uuid, ${numbersKey}, ${total}::int, ${held}::int
      from tracker where account_id = ${sql.account} and id = ${trackerId}::uuid
        on conflict (account_id, tracker_id)
        do update set company_id = excluded.company_id, numbers_key = excluded.numbers_key,
                      total = excluded.total, held = excluded.held`.rows(tx);
}

/**
 * Makes the pool's rows those of its numbers: new ones are free, of those that have left it the leases are over.
 * @returns how many numbers are held now
 */
export async function matchPoolNumbers(
  tx: SqlTx,
  { accountId, trackerId }: PoolKey,
  phoneNumberIds: readonly string[],
  now: Date,
): Promise<number> {
  const sql = tenantSql(accountId);
  const ids = [...phoneNumberIds];
  await sql`
    with gone as (
      delete from pool_number
       where account_id = ${sql.account}
         and (tracker_id = ${trackerId}::uuid and phone_number_id <> all(${ids}::uuid[]))
      returning lease_id, leased_until)
    update number_lease l
       set leased_until = least(gone.leased_until, ${now}::timestamptz)
      from gone
     where l.account_id = ${sql.account} and l.id = gone.lease_id`.rows(tx);
  // a number that comes out of another pool brings its last holder with it
  await sql`
    insert into pool_number (account_id, phone_number_id, tracker_id, leased_until)
    select p.account_id, p.id, ${trackerId}::uuid, to_timestamp(0)
      from phone_number p
     where p.account_id = ${sql.account} and p.id = any(${ids}::uuid[])
        on conflict (account_id, phone_number_id)
        do update set tracker_id = excluded.tracker_id
            where pool_number.tracker_id <> excluded.tracker_id`.rows(tx);
  const [counted] = await sql`
    select count(*)::int as held from pool_number
     where account_id = ${sql.account} and tracker_id = ${trackerId}::uuid and is_held`.rows<{
    held: number;
  }>(tx);
  return counted?.held ?? 0;
}

/** Deletes hours that began before this moment. Answers how many. */
export async function deletePoolHours(
  prisma: Tx,
  accountId: string,
  before: Date,
  limit: number,
): Promise<number> {
  const sql = tenantSql(accountId);
  const gone = await sql`
    delete from pool_hour h
     using (select tracker_id, hour from pool_hour
             where account_id = ${sql.account} and hour < ${before}::timestamptz
             limit ${limit}::int) old
     where h.account_id = ${sql.account} and h.tracker_id = old.tracker_id and h.hour = old.hour
    returning 1 as one`.rows(prisma);
  return gone.length;
}
