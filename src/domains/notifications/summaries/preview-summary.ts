// A summary as it would be mailed to whoever asks.
import { authorize } from '#domains/accounts/index.ts';
import type { SummaryFrequency } from '#generated/prisma/enums.ts';
import type { Platform } from '#platform/platform.ts';
import { notFound } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import { gatherSummary } from './gather-summary.ts';
import { latestPeriod } from './period.ts';
import { summaryLetter } from './summary-letter.ts';
import { zoneOfRule } from './zone-of-rule.ts';

/**
 * The mail of the last whole day, week or month. Its link ends nothing.
 * @throws Forbidden; Refused NOT_FOUND for a company that the viewer does not see
 */
export async function previewSummary(
  { db, clock, publicUrl }: Pick<Platform, 'db' | 'clock' | 'publicUrl'>,
  viewer: Viewer,
  { companyId, frequency }: { companyId: string | null; frequency: SummaryFrequency },
): Promise<{ subject: string; text: string; html: string }> {
  authorize(viewer, 'reports.read');
  const { accountId } = viewer;
  const where = companyId && { accountId_id: { accountId, id: companyId } };
  if (where && !(await db.prisma.company.findUnique({ where, select: { id: true } }))) {
    throw notFound('companyId', 'Company');
  }
  const timeZone = await zoneOfRule(db.prisma, { accountId, companyId });
  const { period } = latestPeriod({ frequency, hour: 0, timeZone }, clock.now(accountId));
  const summary = await gatherSummary({ db }, viewer, { companyId, frequency, timeZone, period });
  if (!summary) throw notFound('companyId', 'Company');
  const root = publicUrl();
  return summaryLetter(summary, null, { publicUrl: root, unsubscribeUrl: `${root}/unsubscribe` });
}
