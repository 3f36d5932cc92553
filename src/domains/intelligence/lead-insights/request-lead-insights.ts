// Somebody wants to know what a lead's whole history comes to.
import { audit, authorize } from '#domains/accounts/index.ts';
import { findLeads, leadSubject, refuseMerged } from '#domains/leads/index.ts';
import type { Platform } from '#platform/platform.ts';
import { notFound, policyRefused } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import { drawLeadInsightsJob } from '../jobs.ts';
import { historyKey } from './read-history.ts';

/** Whose history is read. */
export interface LeadHistory {
  leadId: string;
  /** also where somebody typed better words in place of what was drawn; absent = no */
  replaceReviewed?: boolean | null | undefined;
}

/**
 * Has a lead's history read; lead.updated (insights) tells when something new was drawn. One that did not change since is
 * not read again, nor one that is being read; what came while it was is read after that.
 * @returns the lead's id
 * @throws Forbidden; Refused NOT_FOUND, WRONG_STATE (merged into another, somebody typed better words)
 */
export async function requestLeadInsights(
  { db, jobs, clock }: Pick<Platform, 'db' | 'jobs' | 'clock'>,
  viewer: Viewer,
  { leadId, replaceReviewed }: LeadHistory,
): Promise<string> {
  authorize(viewer, 'insights.update');
  authorize(viewer, 'transcripts.read');
  authorize(viewer, 'leads.read');
  const { accountId } = viewer;
  const [lead] = await findLeads({ db }, viewer, [leadId]);
  if (!lead) throw notFound('leadId', 'Lead');
  refuseMerged(lead, 'leadId');
  const where = { accountId, leadId, text: { not: null } };
  const typed = replaceReviewed ? 0 : await db.prisma.leadInsight.count({ where });
  if (typed > 0) throw wouldReplace(typed);
  await db.transaction(async (tx) => {
    const once = { singletonKey: await historyKey(tx, accountId, leadId) };
    await jobs.enqueue(tx, drawLeadInsightsJob, { accountId, leadId }, once);
    await audit(tx, viewer, clock, { action: 'drawLeadInsights', subject: leadSubject(leadId) });
  });
  return leadId;
}

const wouldReplace = (typed: number) =>
  policyRefused(
    'WRONG_STATE',
    `Somebody worded ${typed} of its insights better. replaceReviewed: true has the history read again: corrected scores hold, what tells nothing new stays hidden and rated, typed words go.`,
    { field: 'replaceReviewed' },
  );
