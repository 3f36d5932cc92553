// Somebody wants to know what a lead's whole history comes to.
import { audit, authorize } from '#domains/accounts/index.ts';
import { findLeads, leadSubject, refuseMerged } from '#domains/leads/index.ts';
import { mayLeave } from '#domains/transcripts/index.ts';
import { openAssist } from '#platform/ai/index.ts';
import type { Platform } from '#platform/platform.ts';
import { notFound, policyRefused } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import { drawLeadInsightsJob, type LeadDrawing } from '../jobs.ts';
import { refuseOverBudget } from '../model/refuse-over-budget.ts';
import { findLeadRun, openHistory } from './open-history.ts';
import { historyKey } from './read-history.ts';

/** Whose history is read. */
export interface LeadHistory {
  leadId: string;
  /** also where somebody typed better words in place of what was drawn; absent = no */
  replaceReviewed?: boolean | null | undefined;
}

/**
 * Has a lead's history read; lead.updated (insights) tells when something new was drawn, or nothing was. One that
 * did not change since is not read again, unless the model gave no answer then, nor one that is being read; what came while
 * it was is read after that.
 * @returns the lead's id
 * @throws Forbidden; Refused NOT_FOUND, WRONG_STATE (merged into another, somebody typed better words, more of a
 *   transcript is being hidden), LIMIT_REACHED (the model's tokens of this month)
 */
export async function requestLeadInsights(
  platform: Pick<Platform, 'db' | 'jobs' | 'clock' | 'config'>,
  viewer: Viewer,
  { leadId, replaceReviewed }: LeadHistory,
): Promise<string> {
  authorize(viewer, 'insights.update');
  authorize(viewer, 'transcripts.read');
  authorize(viewer, 'leads.read');
  const { db, jobs, clock } = platform;
  const { accountId } = viewer;
  const [lead] = await findLeads({ db }, viewer, [leadId]);
  if (!lead) throw notFound('leadId', 'Lead');
  refuseMerged(lead, 'leadId');
  const where = { accountId, leadId, text: { not: null } };
  const typed = replaceReviewed ? 0 : await db.prisma.leadInsight.count({ where });
  if (typed > 0) throw wouldReplace(typed);
  const askedAt = clock.now(accountId).toISOString();
  const drawing = { accountId, leadId, askedAt, replaceReviewed: replaceReviewed === true };
  await refuseUnfit(platform, drawing);
  await db.transaction(async (tx) => {
    const once = { singletonKey: await historyKey(tx, accountId, leadId) };
    await jobs.enqueue(tx, drawLeadInsightsJob, drawing, once);
    await audit(tx, viewer, clock, { action: 'drawLeadInsights', subject: leadSubject(leadId) });
  });
  return leadId;
}

/** Refuses what the model would be asked for while more is being hidden, and where the month's tokens do not suffice. */
async function refuseUnfit(
  platform: Pick<Platform, 'db' | 'clock' | 'config'>,
  drawing: LeadDrawing,
): Promise<void> {
  const { db, config } = platform;
  const found = await openHistory(db, drawing);
  if (typeof found === 'string') return;
  const { history, talk } = found;
  const { accountId } = drawing;
  const assist = openAssist(config);
  if (!assist || !found.agrees) return;
  if ((await mayLeave(db.prisma, { ...history, accountId }, history.transcripts)) === 'due') {
    throw policyRefused(
      'WRONG_STATE',
      'More of what was said on its calls is being hidden. Ask again in some minutes.',
      { field: 'leadId' },
    );
  }
  const { done } = await findLeadRun(db.prisma, drawing, history, assist.reader);
  if (!done) await refuseOverBudget(platform, accountId, assist, [talk.conversation]);
}

const wouldReplace = (typed: number) =>
  policyRefused(
    'WRONG_STATE',
    `Somebody worded ${typed} of its insights better. replaceReviewed: true has the history read again: corrected scores hold, what tells nothing new stays hidden and rated, typed words go.`,
    { field: 'replaceReviewed' },
  );
