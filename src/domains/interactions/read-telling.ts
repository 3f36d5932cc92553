// The interaction that an outcome of a lead is recorded on.
import type { Tx } from '#platform/db/index.ts';
import type { InteractionRow } from './store.ts';

/**
 * A lead's company, and the interaction that made it a good one, else its first (null where it has none).
 * @returns null when there is no such lead in the account
 */
export async function readTelling(
  tx: Tx,
  accountId: string,
  leadId: string,
): Promise<{ companyId: string; telling: Pick<InteractionRow, 'id' | 'kind'> | null } | null> {
  const lead = await tx.lead.findUnique({
    where: { accountId_id: { accountId, id: leadId } },
    select: { companyId: true, goodInteractionId: true, mergedIntoId: true },
  });
  if (!lead) return null;
  const { companyId, goodInteractionId, mergedIntoId } = lead;
  const good = mergedIntoId === null ? goodInteractionId : null;
  const telling = await tx.interaction.findFirst({
    where: { accountId, leadId, ...(good && { id: good }) },
    orderBy: [{ occurredAt: 'asc' }, { id: 'asc' }],
    select: { id: true, kind: true },
  });
  return { companyId, telling };
}
