// Who holds which number of a pool: the rows of pool_number and number_lease. Each statement looks at as many rows as it
// changes, whatever the size of the pool.
import { type SqlPart, sqlPart, type Tx, tenantSql } from '#platform/db/index.ts';
import { LEASE_MS, PIN_MS } from './machine-pool.ts';
import type { PoolKey } from './store-pools.ts';

/** A number of a pool as it stands before it is given to somebody. */
export interface PoolSlot {
  phoneNumberId: string;
  /** E.164 */
  number: string;
  isHeld: boolean;
  leasedUntil: Date;
  /** of the holder, or the last one */
  leaseId: string | null;
  sessionId: string | null;
}

/** A lease that begins. */
export interface NewLease {
  id: string;
  sessionId: string;
  visitorId: string;
  now: Date;
}

/** Marks the numbers whose leases have ended. Answers how many were still counted as held. The caller holds the pool. */
export async function endLeases(
  tx: Tx,
  { accountId, trackerId }: PoolKey,
  now: Date,
): Promise<number> {
  const sql = tenantSql(accountId);
  const ended = await sql`
    update pool_number set is_held = false
     where account_id = ${sql.account} and tracker_id = ${trackerId}::uuid
       and is_held and leased_until <= ${now}::timestamptz
    returning 1 as one`.rows(tx);
  return ended.length;
}

/** The number that the visitor held last, unless somebody else has held it since. */
export function ownSlot(tx: Tx, pool: PoolKey, visitorId: string): Promise<PoolSlot | null> {
  const own = sqlPart`and n.visitor_id = ${visitorId}::uuid order by n.leased_until desc limit 1 for update of n`;
  return findSlot(tx, pool, own);
}

/**
 * The number whose last lease ended longest ago: one that is free, if there is any, else the one that has cooled longest.
 * Null when every number is held. Numbers that a heartbeat keeps at this moment are passed over.
 */
export function freeSlot(tx: Tx, pool: PoolKey, now: Date): Promise<PoolSlot | null> {
  const free = sqlPart`and n.leased_until <= ${now}::timestamptz
     order by n.leased_until, n.phone_number_id limit 1 for update of n skip locked`;
  return findSlot(tx, pool, free);
}

async function findSlot(
  tx: Tx,
  { accountId, trackerId }: PoolKey,
  which: SqlPart,
): Promise<PoolSlot | null> {
  const sql = tenantSql(accountId);
  const [slot] = await sql`
    select n.phone_number_id as "phoneNumberId", p.number, n.is_held as "isHeld",
           n.leased_until as "leasedUntil", n.lease_id as "leaseId", n.session_id as "sessionId"
      from pool_number n
      join phone_number p on p.account_id = n.account_id and p.id = n.phone_number_id
     where n.account_id = ${sql.account} and n.tracker_id = ${trackerId}::uuid ${which}`.rows<PoolSlot>(
    tx,
  );
  return slot ?? null;
}

/** Keeps a number for the session that holds it already. */
export async function renewLease(
  tx: Tx,
  { accountId }: PoolKey,
  slot: PoolSlot,
  now: Date,
): Promise<void> {
  const until = new Date(Math.max(slot.leasedUntil.getTime(), now.getTime() + LEASE_MS));
  await tx.poolNumber.update({
    where: { accountId_phoneNumberId: { accountId, phoneNumberId: slot.phoneNumberId } },
    data: { leasedUntil: until, isHeld: true },
    select: { trackerId: true },
  });
}

/** Gives a number to a session; whoever held it before did so until now at most. */
export async function beginLease(
  tx: Tx,
  { accountId, trackerId }: PoolKey,
  slot: PoolSlot,
  { id, sessionId, visitorId, now }: NewLease,
): Promise<void> {
  const sql = tenantSql(accountId);
  const until = new Date(now.getTime() + LEASE_MS);
  // one statement: a page waits for it
  await sql`
    with ended as (
      update number_lease
         set leased_until = least(${slot.leasedUntil}::timestamptz, ${now}::timestamptz)
       where account_id = ${sql.account} and id = ${slot.leaseId}::uuid),
    given as (
      update pool_number
         set leased_until = ${until}::timestamptz, is_held = true, lease_id = ${id}::uuid,
             session_id = ${sessionId}::uuid, visitor_id = ${visitorId}::uuid
       where account_id = ${sql.account} and phone_number_id = ${slot.phoneNumberId}::uuid
      returning account_id, phone_number_id)
    insert into number_lease (account_id, id, tracker_id, phone_number_id, session_id, leased_at)
    select account_id, ${id}::uuid, ${trackerId}::uuid, phone_number_id, ${sessionId}::uuid,
           ${now}::timestamptz
      from given`.rows(tx);
}

/** Notes that a session was shown a number that others may hold. It keeps it for as long as a session may be silent. */
export async function noteOverflow(
  tx: Tx,
  { accountId, trackerId }: PoolKey,
  lease: { id: string; phoneNumberId: string; sessionId: string; now: Date; until: Date },
): Promise<void> {
  const { id, phoneNumberId, sessionId, now: leasedAt, until: leasedUntil } = lease;
  await tx.numberLease.create({
    data: {
      accountId,
      id,
      trackerId,
      phoneNumberId,
      sessionId,
      leasedAt,
      leasedUntil,
      isOverflow: true,
    },
  });
}

/** Keeps the numbers of sessions that gave a sign of life. Answers how many each still holds. */
export async function extendLeases(
  tx: Tx,
  accountId: string,
  sessions: readonly { id: string }[],
  now: Date,
): Promise<Map<string, number>> {
  if (sessions.length === 0) return new Map();
  const sql = tenantSql(accountId);
  const until = new Date(now.getTime() + LEASE_MS);
  const rows = await sql`
    update pool_number set leased_until = greatest(leased_until, ${until}::timestamptz)
     where account_id = ${sql.account} and session_id = any(${sessions.map(({ id }) => id)}::uuid[])
       and is_held and leased_until > ${now}::timestamptz
    returning session_id as id`.rows<{ id: string }>(tx);
  return new Map([...Map.groupBy(rows, ({ id }) => id)].map(([id, held]) => [id, held.length]));
}

/** Keeps a number that its holder is dialling for an hour; a number that the session does not hold stays as it is. */
export async function pinLease(
  tx: Tx,
  accountId: string,
  { sessionId, number }: { sessionId: string; number: string },
  now: Date,
): Promise<void> {
  const sql = tenantSql(accountId);
  await sql`
    with pinned as (
      update pool_number n
         set leased_until = greatest(n.leased_until, ${new Date(now.getTime() + PIN_MS)}::timestamptz)
        from phone_number p
       where n.account_id = ${sql.account} and n.session_id = ${sessionId}::uuid
         and n.is_held and n.leased_until > ${now}::timestamptz
         and p.account_id = n.account_id and p.id = n.phone_number_id and p.number = ${number}
      returning n.lease_id)
    update number_lease l set tel_clicked_at = ${now}::timestamptz
      from pinned
     where l.account_id = ${sql.account} and l.id = pinned.lease_id`.rows(tx);
}
