// The only writer of the table alert.
import type { Alert, AlertRule, Prisma } from '#generated/prisma/client.ts';
import { type Tx, tenantSql } from '#platform/db/index.ts';

/** An alert and its rule. */
export type AlertRow = Alert & { rule: AlertRule };

/**
 * Writes an alert for each of these rules that still stands; those that the occasion has met before are left out.
 * @returns the ids of those that are new
 */
export async function insertAlerts(
  tx: Tx,
  accountId: string,
  of: { eventId: string; occasion: string; at: Date },
  alerts: readonly { id: string; ruleId: string }[],
): Promise<string[]> {
  const sql = tenantSql(accountId);
  const rows = await sql`
    insert into alert (account_id, id, rule_id, event_id, occasion, at)
    select r.account_id, n.id, r.id, ${of.eventId}, ${of.occasion}, ${of.at}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(alerts)}::jsonb) as n(id uuid, "ruleId" uuid)
      join alert_rule r on r.id = n."ruleId"
     where r.account_id = ${sql.account}
     order by r.id
        on conflict do nothing
    returning id`.rows<{ id: string }>(tx);
  return rows.map(({ id }) => id);
}

export function readAlert(tx: Tx, accountId: string, id: string): Promise<AlertRow | null> {
  return tx.alert.findUnique({
    where: { accountId_id: { accountId, id } },
    include: { rule: true },
  });
}

export async function writeAlert(
  tx: Tx,
  { accountId, id }: { accountId: string; id: string },
  data: Prisma.AlertUncheckedUpdateInput,
): Promise<void> {
  await tx.alert.update({ where: { accountId_id: { accountId, id } }, data, select: { id: true } });
}

type AddressHash = Uint8Array<ArrayBuffer>;

/** When the mails to an address were given their places since a moment, the first one first; at most `limit`. */
export async function placesSince(
  tx: Tx,
  accountId: string,
  addressHash: AddressHash,
  since: Date,
  limit: number,
): Promise<Date[]> {
  const rows = await tx.alert.findMany({
    where: { accountId, addressHash, mailAt: { gt: since } },
    orderBy: { mailAt: 'desc' },
    take: limit,
    select: { mailAt: true },
  });
  return rows.map(({ mailAt }) => mailAt as Date).reverse();
}

/** These alerts, as far as they still wait for a digest, the first one first. */
export function readHeld(tx: Tx, accountId: string, ids: readonly string[]): Promise<AlertRow[]> {
  return tx.alert.findMany({
    where: { accountId, state: 'HELD', id: { in: [...ids] } },
    orderBy: { id: 'asc' },
    include: { rule: true },
  });
}

/** Ends alerts that wait for the digest of an address; those that came to wait meanwhile go on. */
export async function settleHeld(
  tx: Tx,
  accountId: string,
  ids: readonly string[],
  state: 'SENT' | 'DROPPED',
): Promise<void> {
  await tx.alert.updateMany({
    where: { accountId, state: 'HELD', id: { in: [...ids] } },
    data: { state, dueAt: null },
  });
}

/** The ids of all that wait for the digest of an address, the first one first. */
export async function heldIds(
  tx: Tx,
  accountId: string,
  addressHash: AddressHash,
): Promise<string[]> {
  const rows = await tx.alert.findMany({
    where: { accountId, addressHash, state: 'HELD' },
    orderBy: { id: 'asc' },
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

/** Whether any waits for the digest of an address. */
export async function isHeld(
  tx: Tx,
  accountId: string,
  addressHash: AddressHash,
): Promise<boolean> {
  const where = { accountId, addressHash, state: 'HELD' } as const;
  return (await tx.alert.findFirst({ where, select: { id: true } })) !== null;
}

/** The addresses whose digest is due. */
export async function dueAddresses(
  tx: Tx,
  accountId: string,
  now: Date,
  limit: number,
): Promise<AddressHash[]> {
  const sql = tenantSql(accountId);
  const rows = await sql`
    select distinct address_hash from alert
     where account_id = ${sql.account} and state = 'HELD' and due_at <= ${now}
     limit ${limit}`.rows<{ address_hash: AddressHash }>(tx);
  return rows.map((row) => row.address_hash);
}

/** The accounts that have digests due by `now`. Over all accounts: the job's own read. */
export async function accountsWithHeld(tx: Tx, now: Date): Promise<string[]> {
  const where = { state: 'HELD' as const, dueAt: { lte: now } };
  const rows = await tx.alert.groupBy({ by: ['accountId'], where });
  return rows.map(({ accountId }) => accountId);
}

/** The accounts that have alerts from before a moment. Over all accounts: the job's own read. */
export async function accountsWithOld(tx: Tx, before: Date): Promise<string[]> {
  const rows = await tx.alert.groupBy({ by: ['accountId'], where: { at: { lt: before } } });
  return rows.map(({ accountId }) => accountId);
}

/** Forgets alerts from before a moment; returns how many, at most `limit`. */
export async function dropAlerts(
  tx: Tx,
  accountId: string,
  before: Date,
  limit: number,
): Promise<number> {
  const { count } = await tx.alert.deleteMany({ where: { accountId, at: { lt: before } }, limit });
  return count;
}
