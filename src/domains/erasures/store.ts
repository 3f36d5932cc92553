// The only writer of the table erasure.
import type { Erasure } from '#generated/prisma/client.ts';
import type { Tx } from '#platform/db/index.ts';

export type ErasureRow = Erasure;

/** Writes a receipt that is PENDING. */
export function insertErasure(
  tx: Tx,
  row: Omit<ErasureRow, 'state' | 'completedAt'>,
): Promise<ErasureRow> {
  return tx.erasure.create({ data: row });
}

/** A receipt by its id, or by what was erased; null when there is none. */
export function readErasure(
  tx: Tx,
  accountId: string,
  by: { id: string } | { interactionId: string },
): Promise<ErasureRow | null> {
  return tx.erasure.findUnique({
    where:
      'id' in by
        ? { accountId_id: { accountId, id: by.id } }
        : { accountId_interactionId: { accountId, interactionId: by.interactionId } },
  });
}

/** Notes that no media are left, and forgets where they lay. False when that was noted before. */
export async function completeErasure(
  tx: Tx,
  accountId: string,
  id: string,
  completedAt: Date,
): Promise<boolean> {
  const { count } = await tx.erasure.updateMany({
    where: { accountId, id, state: 'PENDING' },
    data: {
      ...{ state: 'COMPLETED', completedAt, recordingIds: [], carrierRecordingIds: [] },
      ...{ mediaKeys: [], sessions: [] },
    },
  });
  return count === 1;
}

/** Erasures of all accounts that were asked for before a moment and are PENDING, the oldest first, behind a place. */
export function findPending(
  tx: Tx,
  before: Date,
  after: { requestedAt: Date; id: string } | null,
  limit: number,
): Promise<Pick<ErasureRow, 'accountId' | 'id' | 'requestedAt'>[]> {
  return tx.erasure.findMany({
    where: {
      state: 'PENDING',
      requestedAt: { lt: before },
      ...(after && {
        OR: [
          { requestedAt: { gt: after.requestedAt } },
          { requestedAt: after.requestedAt, id: { gt: after.id } },
        ],
      }),
    },
    orderBy: [{ requestedAt: 'asc' }, { id: 'asc' }],
    take: limit,
    select: { accountId: true, id: true, requestedAt: true },
  });
}
