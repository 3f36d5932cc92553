// What is still to be looked at of a lead.
import { refuseMerged } from '#domains/leads/index.ts';
import type { Tx } from '#platform/db/index.ts';
import { notFound, policyRefused } from '#values/refusals.ts';
import { seesCompany, type Viewer } from '#values/viewer.ts';
import { channelsOf } from './channels.ts';
import { type InboxRow, readOpenOfLead } from './store-inbox.ts';

/** each is a lock and an event of one transaction */
const MOST_OPEN = 1_000;

/** What of a lead somebody has still to look at. */
export async function readOpen(tx: Tx, viewer: Viewer, leadId: string): Promise<InboxRow[]> {
  const { accountId } = viewer;
  const where = { accountId_id: { accountId, id: leadId } };
  const lead = await tx.lead.findUnique({
    where,
    select: { companyId: true, mergedIntoId: true },
  });
  if (!lead || !seesCompany(viewer, lead.companyId)) throw notFound('leadId', 'Lead');
  refuseMerged(lead, 'leadId');
  const open = await readOpenOfLead(tx, accountId, leadId, channelsOf(viewer), MOST_OPEN + 1);
  if (open.length <= MOST_OPEN) return open;
  const message = `More than ${MOST_OPEN} interactions of this lead wait. Review some of them first.`;
  throw policyRefused('WRONG_STATE', message, { field: 'leadId' });
}
