// The only writer of the table lead_erasure.
import type { LeadErasure, Prisma } from '#generated/prisma/client.ts';
import type { Tx } from '#platform/db/index.ts';
import { leftSince, type PlaceInTime } from './left-since.ts';

export type LeadErasureRow = LeadErasure;

/** How much of a person was erased in each place. */
export type ErasedOfLead = Omit<
  LeadErasureRow,
  'accountId' | 'id' | 'companyId' | 'leadId' | 'state' | 'requestedBy' | 'requestedAt' | 'erasedAt'
>;

/** Writes a receipt that is ERASING. */
export function insertLeadErasure(
  tx: Tx,
  data: Prisma.LeadErasureUncheckedCreateInput,
): Promise<LeadErasureRow> {
  return tx.leadErasure.create({ data });
}

/** A receipt by its id, or by the lead that is erased; null when there is none. */
export function readLeadErasure(
  tx: Tx,
  accountId: string,
  by: { id: string } | { leadId: string },
): Promise<LeadErasureRow | null> {
  return tx.leadErasure.findUnique({
    where:
      'id' in by
        ? { accountId_id: { accountId, id: by.id } }
        : { accountId_leadId: { accountId, leadId: by.leadId } },
  });
}

/** Adds to a receipt what a step has erased. */
export async function countErased(
  tx: Tx,
  accountId: string,
  id: string,
  figures: Partial<ErasedOfLead>,
): Promise<void> {
  const data = Object.fromEntries(
    Object.entries(figures).map(([name, increment]) => [name, { increment }]),
  );
  await tx.leadErasure.update({
    where: { accountId_id: { accountId, id } },
    data,
    select: { id: true },
  });
}

/** Notes that nothing is left. False when that was noted before. */
export async function settleErased(
  tx: Tx,
  accountId: string,
  id: string,
  erasedAt: Date,
): Promise<boolean> {
  const { count } = await tx.leadErasure.updateMany({
    where: { accountId, id, state: 'ERASING' },
    data: { state: 'ERASED', erasedAt },
  });
  return count === 1;
}

/** People of all accounts who were to be erased before a moment and are not yet, the oldest first, behind a place. */
export function findErasing(
  tx: Tx,
  before: Date,
  after: PlaceInTime | null,
  limit: number,
): Promise<Pick<LeadErasureRow, 'accountId' | 'id' | 'requestedAt'>[]> {
  const { where, ...order } = leftSince(before, after);
  return tx.leadErasure.findMany({
    where: { state: 'ERASING', ...where },
    ...order,
    take: limit,
  });
}
