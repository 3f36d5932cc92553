// The table export: the only place that writes it.
import type { Export, Prisma } from '#generated/prisma/client.ts';
import type { Tx } from '#platform/db/index.ts';

export type ExportRow = Export;

/** An export of the account, or null. */
export function readExport(tx: Tx, accountId: string, id: string): Promise<ExportRow | null> {
  return tx.export.findUnique({ where: { accountId_id: { accountId, id } } });
}

/** Writes a new export that is PENDING. */
export function insertExport(tx: Tx, data: Prisma.ExportUncheckedCreateInput): Promise<ExportRow> {
  return tx.export.create({ data });
}

/** How many exports of the account are not done yet. */
export function countUnfinished(tx: Tx, accountId: string, now: Date): Promise<number> {
  return tx.export.count({
    where: { accountId, state: { in: ['PENDING', 'RUNNING'] }, expiresAt: { gt: now } },
  });
}

/** How many files of an account are there to be fetched, and when the first of them goes. */
export async function readKept(
  tx: Tx,
  accountId: string,
  now: Date,
): Promise<{ count: number; until: Date | null }> {
  const { _count, _min } = await tx.export.aggregate({
    where: { accountId, state: 'READY', expiresAt: { gt: now } },
    _count: true,
    _min: { expiresAt: true },
  });
  return { count: _count, until: _min.expiresAt };
}

/** Notes how far it is; nothing when it is no longer being written. */
export async function noteProgress(
  tx: Tx,
  accountId: string,
  id: string,
  rowCount: number,
): Promise<void> {
  await tx.export.updateMany({
    where: { accountId, id, state: { in: ['PENDING', 'RUNNING'] } },
    data: { state: 'RUNNING', rowCount },
  });
}

/** Notes that its file stands there. False when its time was over before. */
export async function settleReady(
  tx: Tx,
  accountId: string,
  id: string,
  file: { rowCount: number; sizeBytes: number; sha256: Buffer; readyAt: Date },
): Promise<boolean> {
  const { count } = await tx.export.updateMany({
    where: {
      ...{ accountId, id, expiresAt: { gt: file.readyAt } },
      state: { in: ['PENDING', 'RUNNING'] },
    },
    data: {
      ...file,
      state: 'READY',
      sizeBytes: BigInt(file.sizeBytes),
      sha256: Uint8Array.from(file.sha256),
    },
  });
  return count === 1;
}

/** Notes that it will not come. False when it was settled before. */
export async function settleFailed(
  tx: Tx,
  accountId: string,
  id: string,
  failure: string,
): Promise<boolean> {
  const { count } = await tx.export.updateMany({
    where: { accountId, id, state: { in: ['PENDING', 'RUNNING'] } },
    data: { state: 'FAILED', failure },
  });
  return count === 1;
}

/** Ends the time of exports that may hold rows of a company. */
export async function endExportsOf(
  tx: Tx,
  accountId: string,
  companyId: string,
  now: Date,
): Promise<number> {
  const { count } = await tx.export.updateMany({
    where: {
      ...{ accountId, state: { not: 'EXPIRED' }, expiresAt: { gt: now } },
      companyIds: { has: companyId },
    },
    data: { expiresAt: now },
  });
  return count;
}

/** Exports of an account whose time is over and whose file is still to go. */
export function readOverdue(
  tx: Tx,
  accountId: string,
  now: Date,
  limit: number,
): Promise<ExportRow[]> {
  return tx.export.findMany({
    where: { accountId, state: { not: 'EXPIRED' }, expiresAt: { lte: now } },
    orderBy: { expiresAt: 'asc' },
    take: limit,
  });
}

/** Notes that its file is gone. */
export async function settleExpired(tx: Tx, accountId: string, id: string): Promise<void> {
  await tx.export.updateMany({ where: { accountId, id }, data: { state: 'EXPIRED' } });
}
