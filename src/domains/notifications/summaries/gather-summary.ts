// What a summary tells: the figures of its days and of the period before, by the reports that its recipient could ask for
// themselves.
import { may } from '#domains/accounts/index.ts';
import {
  type CallSummary,
  type ChannelTotals,
  callSummary,
  channelTotals,
} from '#domains/reports/index.ts';
import type { SummaryFrequency } from '#generated/prisma/enums.ts';
import type { Db } from '#platform/db/index.ts';
import { seesCompany, type Viewer } from '#values/viewer.ts';
import { type Period, previousPeriod } from './period.ts';

const MOST_SOURCES = 5;

/** The figures of a period. */
export interface Figures extends ChannelTotals {
  calls: CallSummary['total'];
}

export interface Summary {
  frequency: SummaryFrequency;
  /** null = all that the recipient may see */
  companyName: string | null;
  timeZone: string;
  period: Period;
  before: Period;
  figures: Figures;
  earlier: Figures;
  /** those with most calls, the largest first; null = without a source */
  sources: { name: string | null; calls: bigint }[];
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
): Promise<Summary | null> {
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
  const asked = (days: Period) => ({ companyIds, range: { ...days, timeZone } });
  const groups = { groupBy: 'SOURCE' as const, first: MOST_SOURCES };
  const none = { groupBy: null, first: 1 };
  const [calls, others, callsBefore, othersBefore] = await Promise.all([
    callSummary({ db }, viewer, { ...asked(period), ...groups }),
    channelTotals({ db }, viewer, asked(period)),
    callSummary({ db }, viewer, { ...asked(before), ...none }),
    channelTotals({ db }, viewer, asked(before)),
  ]);
  return {
    ...{ frequency, timeZone, period, before },
    companyName: company ? company.name : null,
    figures: { calls: calls.total, ...others },
    earlier: { calls: callsBefore.total, ...othersBefore },
    sources: calls.groups.map(({ key, sums }) => ({ name: key, calls: sums.interactions })),
  };
}
