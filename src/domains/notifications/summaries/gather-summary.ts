// What a summary tells: the figures of its days and of the period before, by the reports that its recipient could ask for
// themselves.
import { may } from '#domains/accounts/index.ts';
import { type InteractionSummary, interactionSummary } from '#domains/reports/index.ts';
import type { SummaryFrequency } from '#generated/prisma/enums.ts';
import type { Db } from '#platform/db/index.ts';
import { seesCompany, type Viewer } from '#values/viewer.ts';
import { type Period, previousPeriod } from './period.ts';

/** there are four channels */
const MOST_GROUPS = 5;

/** What a summary's mail tells. */
export interface MailedSummary {
  frequency: SummaryFrequency;
  /** null = all that the recipient may see */
  companyName: string | null;
  timeZone: string;
  period: Period;
  before: Period;
  /** by channel */
  figures: InteractionSummary;
  /** of the period before, likewise */
  earlier: InteractionSummary;
  /** those that most came from, the largest first; null = without a source */
  sources: { name: string | null; interactions: bigint }[];
}

/** Gathers it; null when the viewer may not be told. */
export async function gatherSummary(
  { db }: { db: Db },
  viewer: Viewer,
  wish: {
    companyId: string | null;
    frequency: SummaryFrequency;
    timeZone: string;
    period: Period;
  },
): Promise<MailedSummary | null> {
  const { companyId, frequency, timeZone, period } = wish;
  if (!may(viewer, 'reports.read')) return null;
  if (companyId !== null && !seesCompany(viewer, companyId)) return null;
  const company =
    companyId &&
    (await db.prisma.company.findUnique({
      where: { accountId_id: { accountId: viewer.accountId, id: companyId } },
      select: { name: true },
    }));
  const companyIds = companyId === null ? null : [companyId];
  const before = previousPeriod(frequency, period);
  const sumUp = (days: Period, groupBy: 'CHANNEL' | 'SOURCE') =>
    interactionSummary({ db }, viewer, {
      ...{ companyIds, range: { ...days, timeZone } },
      ...{ groupBy, first: MOST_GROUPS },
    });
  const [figures, earlier, bySource] = await Promise.all([
    sumUp(period, 'CHANNEL'),
    sumUp(before, 'CHANNEL'),
    sumUp(period, 'SOURCE'),
  ]);
  return {
    ...{ frequency, timeZone, period, before, figures, earlier },
    companyName: company ? company.name : null,
    sources: bySource.groups.map(({ key, sums }) => ({
      name: key,
      interactions: sums.interactions,
    })),
  };
}
