// The tables number_pool, pool_hour and pool_number as far as a pool's make-up and fill go. Who holds what is written by
// store-leases.ts. The caller holds the pool.
import type { NumberPool } from '#generated/prisma/client.ts';
import { preparedSql, type Tx, tenantSql } from '#platform/db/index.ts';

export type PoolRow = NumberPool;

export interface PoolKey {
  accountId: string;
  trackerId: string;
}

/** The pool of a session tracker, or null before its first visitor. */
export function readPool(tx: Tx, { accountId, trackerId }: PoolKey): Promise<PoolRow | null> {
  return tx.numberPool.findUnique({ where: { accountId_trackerId: { accountId, trackerId } } });
}

/** Makes the pool when there is none, and writes which numbers it was made of. */
export async function savePool(
  tx: Tx,
  { accountId, trackerId }: PoolKey,
  fields: Pick<PoolRow, 'companyId' | 'numbersKey' | 'total' | 'held'>,
): Promise<PoolRow> {
  return tx.numberPool.upsert({
    where: { accountId_trackerId: { accountId, trackerId } },
    create: { accountId, trackerId, ...fields },
    update: fields,
  });
}

/**
 * Writes how full a pool is after a visitor asked for a number, and marks the numbers whose leases are over. One
 * statement: a page waits for it.
 * @param arrival the session that wants a number of this pool for the first time, and the hour in which it is counted; null
 *   when it was before
 */
export async function writePool(
  tx: Tx,
  { accountId, trackerId }: PoolKey,
  {
    held,
    level,
    exhaustedAt,
    version,
  }: Pick<PoolRow, 'held' | 'level' | 'exhaustedAt' | 'version'>,
  {
    arrival,
    now,
  }: { arrival: { sessionId: string; hour: Date; isRefused: boolean } | null; now: Date },
): Promise<void> {
  const sql = preparedSql(accountId);
  await sql`
    with ended as (
      update pool_number set is_held = false
       where account_id = ${sql.account} and tracker_id = ${trackerId}::uuid
         and is_held and leased_until <= ${now}::timestamptz),
    counted as (
      update visitor_session set asked_pools = array_append(asked_pools, ${trackerId}::uuid)
       where account_id = ${sql.account} and id = ${arrival?.sessionId ?? null}::uuid),
    pool as (
      update number_pool set held = ${held}::int, level = ${level}::int,
                             exhausted_at = ${exhaustedAt}::timestamptz, version = ${version}::int
       where account_id = ${sql.account} and tracker_id = ${trackerId}::uuid
      returning account_id, tracker_id)
    insert into pool_hour (account_id, tracker_id, hour, arrivals, refused)
    select account_id, tracker_id, ${arrival?.hour ?? null}::timestamptz, 1, ${arrival?.isRefused ? 1 : 0}::int
      from pool where ${arrival !== null}::boolean
        on conflict (account_id, tracker_id, hour)
        do update set arrivals = pool_hour.arrivals + 1,
                      refused = pool_hour.refused + excluded.refused`.rows(tx);
}

/**
 * Makes the pool's rows those of its numbers: new ones are free, of those that have left it the leases are over.
 * @returns how many numbers are held now
 */
export async function matchPoolNumbers(
  tx: Tx,
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
