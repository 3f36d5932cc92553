// The only writer of the table alert.
import type { Alert, AlertRule, Prisma } from '#generated/prisma/client.ts';
import { type Tx, tenantSql } from '#platform/db/index.ts';

/** An alert and its rule. */
export type AlertRow = Alert & { rule: AlertRule };

/**
 * Writes alerts; what a rule was met by before is left out.
 * @returns the ids of those that are new
 */
export async function insertAlerts(
  tx: Tx,
  data: readonly Prisma.AlertUncheckedCreateInput[],
): Promise<string[]> {
  const rows = await tx.alert.createManyAndReturn({
    data: [...data],
    skipDuplicates: true,
    select: { id: true },
  });
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

/** The alerts that wait for the digest of an address, the first one first; at most `limit`. */
export function readHeld(
  tx: Tx,
  accountId: string,
  addressHash: AddressHash,
  limit: number,
): Promise<AlertRow[]> {
  return tx.alert.findMany({
    where: { accountId, addressHash, state: 'HELD' },
    orderBy: { id: 'asc' },
    take: limit,
    include: { rule: true },
  });
}

/** Ends what waits for the digest of an address, up to an alert. Returns how many there were. */
export async function settleHeld(
  tx: Tx,
  accountId: string,
  held: { addressHash: AddressHash; upTo: string },
  state: 'SENT' | 'DROPPED',
): Promise<number> {
  const { count } = await tx.alert.updateMany({
    where: {
      accountId,
      addressHash: held.addressHash,
      state: 'HELD',
      id: { lte: held.upTo },
    },
    data: { state, dueAt: null },
  });
  return count;
}

/** How many wait for the digest of an address, and the newest of them. */
export async function countHeld(
  tx: Tx,
  accountId: string,
  addressHash: AddressHash,
): Promise<{ count: number; newest: string | null }> {
  const where = { accountId, addressHash, state: 'HELD' } as const;
  const [count, newest] = [
    await tx.alert.count({ where }),
    await tx.alert.findFirst({ where, orderBy: { id: 'desc' }, select: { id: true } }),
  ];
  return { count, newest: newest?.id ?? null };
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
