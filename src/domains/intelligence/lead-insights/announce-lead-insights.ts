// lead.updated for what was drawn from the history of a lead, or what people made of that.
import { holdLead, leadSubject, leadUpdated, writeLead } from '#domains/leads/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';

/** Raises the lead's version and tells of its insights. The caller holds the lead's lock. */
export async function announceLeadInsights(
  tx: Tx,
  { events, clock }: Pick<Platform, 'events' | 'clock'>,
  { accountId, leadId, companyId }: { accountId: string; leadId: string; companyId: string },
): Promise<void> {
  const { version } = await holdLead(tx, accountId, leadId, 'UPDATE');
  const next = version + 1;
  await writeLead(tx, accountId, leadId, { version: next });
  await events.append(tx, accountId, [
    {
      ...{ definition: leadUpdated, companyId, subject: leadSubject(leadId) },
      occurredAt: clock.now(accountId),
      ...{ subjectVersion: next, payload: { leadId, changes: ['insights'] } },
    },
  ]);
}
