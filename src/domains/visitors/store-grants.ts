// What a pool's answer changes: the numbers and their leases, the session, how full the pool is, and the hour's count. All
// of it in one statement, since a page waits for it.
import { preparedSql, type SqlTx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import { LEASE_MS } from './machine-pool.ts';
import type { PoolSlot } from './store-leases.ts';
import type { PoolKey, PoolRow } from './store-pools.ts';

/** A pool's answer to a session that asked for a number. */
export interface Grant {
  /** the number that it gives; null = it has none */
  slot: PoolSlot | null;
  session: { id: string; visitorId: string };
  /** the hour in which the session counts as an arrival; null when it was counted before */
  arrivedIn: Date | null;
  pool: Pick<PoolRow, 'held' | 'level' | 'exhaustedAt' | 'version'>;
}

/**
 * Writes an answer. The number is given to the session, or kept for it when it has it already; whoever else held it before
 * did so until now at most. Numbers whose leases are over are marked. The caller holds the pool and the session.
 */
export async function writeGrant(
  tx: SqlTx,
  { accountId, trackerId }: PoolKey,
  { slot, session, arrivedIn, pool }: Grant,
  now: Date,
): Promise<void> {
  const sql = preparedSql(accountId);
  const until = new Date(now.getTime() + LEASE_MS);
  const isOwn = slot?.sessionId === session.id;
  const leaseId = isOwn ? slot.leaseId : newId();
  const phoneNumberId = slot?.phoneNumberId ?? null;
  const isArrival = arrivedIn !== null;
  await sql`
    with over as (
      update pool_number set is_held = false
       where account_id = ${sql.account} and tracker_id = ${trackerId}::uuid
         and is_held and leased_until <= ${now}::timestamptz
         and phone_number_id is distinct from ${phoneNumberId}::uuid),
    ended as (
      update number_lease
         set leased_until = least(${slot?.leasedUntil ?? null}::timestamptz, ${now}::timestamptz)
       where account_id = ${sql.account} and id = ${isOwn ? null : (slot?.leaseId ?? null)}::uuid),
    given as (
      update pool_number
         set leased_until = greatest(leased_until, ${until}::timestamptz), is_held = true, lease_id = ${leaseId}::uuid,
             session_id = ${session.id}::uuid, visitor_id = ${session.visitorId}::uuid
       where account_id = ${sql.account} and phone_number_id = ${phoneNumberId}::uuid
      returning account_id, phone_number_id),
    leased as (
      insert into number_lease (account_id, id, tracker_id, phone_number_id, session_id, leased_at)
      select account_id, ${leaseId}::uuid, ${trackerId}::uuid, phone_number_id, ${session.id}::uuid,
             ${now}::timestamptz
        from given where ${!isOwn}::boolean),
    holding as (
      select count(*)::int + ${slot ? 1 : 0}::int as numbers from pool_number
       where account_id = ${sql.account} and session_id = ${session.id}::uuid
         and is_held and leased_until > ${now}::timestamptz
         and phone_number_id is distinct from ${phoneNumberId}::uuid),
    asker as (
      update visitor_session
         set leases = holding.numbers,
             asked_pools = case when ${isArrival}::boolean then array_append(asked_pools, ${trackerId}::uuid)
                                else asked_pools end
        from holding
       where account_id = ${sql.account} and id = ${session.id}::uuid
         and (leases <> holding.numbers or ${isArrival}::boolean)),
    pool as (
      update number_pool set held = ${pool.held}::int, level = ${pool.level}::int,
                             exhausted_at = ${pool.exhaustedAt}::timestamptz, version = ${pool.version}::int
       where account_id = ${sql.account} and tracker_id = ${trackerId}::uuid
      returning account_id, tracker_id)
    insert into pool_hour (account_id, tracker_id, hour, arrivals, refused)
    select account_id, tracker_id, ${arrivedIn}::timestamptz, 1, ${slot ? 0 : 1}::int
      from pool where ${isArrival}::boolean
        on conflict (account_id, tracker_id, hour)
        do update set arrivals = pool_hour.arrivals + 1,
                      refused = pool_hour.refused + excluded.refused`.rows(tx);
}
