// The only writer of the table erasure.
import type { Erasure } from '#generated/prisma/client.ts';
import type { Tx } from '#platform/db/index.ts';
import { leftSince, type PlaceInTime } from './left-since.ts';

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

/** Notes that nothing is left, and forgets where it lay. False when that was noted before. */
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
      ...{ mediaKeys: [], sessions: [], transcriptIds: [] },
    },
  });
  return count === 1;
}

/** Erasures of all accounts that were asked for before a moment and are PENDING, the oldest first, behind a place. */
export function findPending(
  tx: Tx,
  before: Date,
  after: PlaceInTime | null,
  limit: number,
): Promise<Pick<ErasureRow, 'accountId' | 'id' | 'requestedAt'>[]> {
  const { where, ...order } = leftSince(before, after);
  return tx.erasure.findMany({
    where: { state: 'PENDING', ...where },
    ...order,
    take: limit,
  });
}
