// Who holds which number of a pool: the rows of pool_number and number_lease. Each statement looks at as many rows as it
// changes, whatever the size of the pool.
import { preparedSql, type SqlTx, sqlPart, tenantSql } from '#platform/db/index.ts';
import { LEASE_MS, PIN_MS } from './machine-pool.ts';
import type { PoolKey, PoolRow } from './store-pools.ts';
import type { VisitorKey } from './store-sessions.ts';

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

/** A pool as a visitor finds it who wants a number. */
export interface AskedPool {
  pool: Pick<PoolRow, 'numbersKey' | 'total' | 'held' | 'level' | 'exhaustedAt' | 'version'>;
  /** leases that are over and still counted in `held` */
  ended: number;
  /** what the visitor is to get; null when every number is held */
  slot: PoolSlot | null;
}

/**
 * Asks a pool for a number, in one statement: a page waits for it. The caller holds the pool, and gets the rows of the
 * number and of the leases that are over held too.
 * @returns the number that the visitor held last, unless somebody else has held it since; else the one whose last lease
 *   ended longest ago, which is free, if any is, or has cooled longest. Numbers that a heartbeat keeps at this moment are
 *   passed over. Null for a pool that nobody has asked yet
 */
// The visitor's own number is put in order by a sum: by the column itself, a plan that was made while the pool was young
// would walk through all of its numbers in that order.
export function askPool(
  tx: SqlTx,
  key: PoolKey,
  visitorId: string,
  now: Date,
): Promise<AskedPool | null> {
  return ask(tx, key, { companyId: null, visitorId }, now);
}

/**
 * The same for a visitor of whom nothing may be known yet: sent along with the question whether there is. Nothing is held,
 * and null is told, when the company knows the visitor. The caller holds the visitor too.
 */
export function askPoolForNewcomer(
  tx: SqlTx,
  key: PoolKey,
  newcomer: Pick<VisitorKey, 'companyId' | 'visitorId'>,
  now: Date,
): Promise<AskedPool | null> {
  return ask(tx, key, newcomer, now);
}

async function ask(
  tx: SqlTx,
  { accountId, trackerId }: PoolKey,
  { companyId, visitorId }: { companyId: string | null; visitorId: string },
  now: Date,
): Promise<AskedPool | null> {
  const sql = preparedSql(accountId);
  const inPool = sqlPart`n.account_id = ${sql.account} and n.tracker_id = ${trackerId}::uuid
                         and (select answers from asker)`;
  // looked at once, before any number is
  const answers = companyId
    ? sqlPart`not exists (
        select from visitor v
         where v.account_id = ${sql.account} and v.company_id = ${companyId}::uuid and v.id = ${visitorId}::uuid)`
    : sqlPart`true`;
  const [row] = await sql`
    with asker as materialized (select ${answers} as answers),
    ended as (
      select from pool_number n where ${inPool} and n.is_held and n.leased_until <= ${now}::timestamptz for update),
    own as (
      select ${SLOT} from pool_number n where ${inPool} and n.visitor_id = ${visitorId}::uuid
       order by n.leased_until + interval '0' desc limit 1 for update),
    free as (
      select ${SLOT} from pool_number n
       where ${inPool} and n.leased_until <= ${now}::timestamptz and not exists (select from own)
       order by n.leased_until, n.phone_number_id limit 1 for update skip locked)
    select p.numbers_key as "numbersKey", p.total, p.held, p.level, p.exhausted_at as "exhaustedAt", p.version,
           (select count(*)::int from ended) as ended, number.number,
           number.id as "phoneNumberId", coalesce(own.is_held, free.is_held) as "isHeld",
           coalesce(own.leased_until, free.leased_until) as "leasedUntil",
           coalesce(own.lease_id, free.lease_id) as "leaseId", coalesce(own.session_id, free.session_id) as "sessionId"
      from number_pool p
      left join own on true
      left join free on true
      left join phone_number number on number.account_id = p.account_id
                                   and number.id = coalesce(own.phone_number_id, free.phone_number_id)
     where p.account_id = ${sql.account} and p.tracker_id = ${trackerId}::uuid
       and (select answers from asker)`.rows<
    AskedPool['pool'] & { ended: number } & { [K in keyof PoolSlot]: PoolSlot[K] | null }
  >(tx);
  if (!row) return null;
  const { numbersKey, total, held, level, exhaustedAt, version, ended, ...slot } = row;
  const pool = { numbersKey, total, held, level, exhaustedAt, version };
  return { pool, ended, slot: slot.phoneNumberId === null ? null : (slot as PoolSlot) };
}

const SLOT = sqlPart`n.phone_number_id, n.is_held, n.leased_until, n.lease_id, n.session_id`;

/** Those of these pools of which the session holds a number. */
export async function poolsHeldBy(
  tx: SqlTx,
  { accountId, sessionId }: { accountId: string; sessionId: string },
  trackerIds: readonly string[],
  now: Date,
): Promise<Set<string>> {
  const sql = tenantSql(accountId);
  const rows = await sql`
    select tracker_id as id from pool_number
     where account_id = ${sql.account} and session_id = ${sessionId}::uuid
       and tracker_id = any(${[...trackerIds]}::uuid[])
       and is_held and leased_until > ${now}::timestamptz`.rows<{ id: string }>(tx);
  return new Set(rows.map(({ id }) => id));
}

/**
 * Notes that a session was shown a number that others may hold: once, however many of its pages show it. It keeps it for as
 * long as a session may be silent. The caller holds the visitor.
 */
export async function noteOverflow(
  tx: SqlTx,
  { accountId, trackerId }: PoolKey,
  lease: { id: string; phoneNumberId: string; sessionId: string; now: Date; until: Date },
): Promise<void> {
  const { id, phoneNumberId, sessionId, now: leasedAt, until: leasedUntil } = lease;
  const sql = preparedSql(accountId);
  await sql`
    with kept as (
      update number_lease set leased_until = greatest(leased_until, ${leasedUntil}::timestamptz)
       where account_id = ${sql.account} and session_id = ${sessionId}::uuid
         and phone_number_id = ${phoneNumberId}::uuid and is_overflow
      returning id)
    insert into number_lease (account_id, id, tracker_id, phone_number_id, session_id, leased_at, leased_until, is_overflow)
    select ${sql.account}, ${id}::uuid, ${trackerId}::uuid, ${phoneNumberId}::uuid, ${sessionId}::uuid,
           ${leasedAt}::timestamptz, ${leasedUntil}::timestamptz, true
     where not exists (select from kept)`.rows(tx);
}

/** Keeps the numbers of sessions that gave a sign of life. Answers how many each still holds. */
export async function extendLeases(
  tx: SqlTx,
  accountId: string,
  sessionIds: readonly string[],
  now: Date,
): Promise<Map<string, number>> {
  if (sessionIds.length === 0) return new Map();
  const sql = preparedSql(accountId);
  const until = new Date(now.getTime() + LEASE_MS);
  const rows = await sql`
    update pool_number set leased_until = greatest(leased_until, ${until}::timestamptz)
     where account_id = ${sql.account} and session_id = any(${[...sessionIds]}::uuid[])
       and is_held and leased_until > ${now}::timestamptz
    returning session_id as id`.rows<{ id: string }>(tx);
  return new Map([...Map.groupBy(rows, ({ id }) => id)].map(([id, held]) => [id, held.length]));
}

/**
 * Notes that a visitor dials a number that they were shown, and keeps it for an hour when the session holds it; one that
 * others may hold is only noted.
 */
export async function pinLease(
  tx: SqlTx,
  accountId: string,
  { sessionId, number }: { sessionId: string; number: string },
  now: Date,
): Promise<void> {
  const sql = tenantSql(accountId);
  await sql`
    with dialled as (
      select id from phone_number where account_id = ${sql.account} and number = ${number}),
    pinned as (
      update pool_number n
         set leased_until = greatest(n.leased_until, ${new Date(now.getTime() + PIN_MS)}::timestamptz)
        from dialled
       where n.account_id = ${sql.account} and n.session_id = ${sessionId}::uuid
         and n.is_held and n.leased_until > ${now}::timestamptz and n.phone_number_id = dialled.id
      returning n.lease_id)
    update number_lease l set tel_clicked_at = ${now}::timestamptz
     where l.account_id = ${sql.account} and l.session_id = ${sessionId}::uuid
       and (l.id in (select lease_id from pinned)
            or (l.is_overflow and l.phone_number_id in (select id from dialled)))`.rows(tx);
}
