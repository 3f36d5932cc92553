// Reads summary rules: one's own, and for MANAGER and ADMIN those of their companies.
import { authorize, may } from '#domains/accounts/index.ts';
import type { Prisma } from '#generated/prisma/client.ts';
import type { Db } from '#platform/db/index.ts';
import type { RowKey } from '#values/cursor.ts';
import { type Direction, orderByKey, readDate, whereAfter } from '#values/keyset.ts';
import type { Viewer } from '#values/viewer.ts';
import { seesAlertRule, visibleRules } from '../read-alert-rules.ts';
import type { SummaryRuleRow } from './store.ts';

/** Whether a viewer sees a rule: the same ones as of alert rules. */
export const seesSummaryRule: (
  viewer: Viewer,
  rule: Pick<SummaryRuleRow, 'companyId' | 'userId'>,
) => boolean = seesAlertRule;

/** One page of rules by the time they were made. Throws Forbidden; MalformedCursor. */
export function listSummaryRules(
  { db }: { db: Db },
  viewer: Viewer,
  want: { direction: Direction; limit: number; after: RowKey | null },
): Promise<SummaryRuleRow[]> {
  authorize(viewer, 'alertRules.read');
  const { direction, limit } = want;
  const after = whereAfter('createdAt', direction, want.after, readDate);
  return db.prisma.summaryRule.findMany({
    where: { AND: [visible(viewer), after] },
    orderBy: orderByKey('createdAt', direction),
    take: limit,
  });
}

/** How many rules the viewer sees, counted up to `cap`. Throws Forbidden. */
export function countSummaryRules(
  { db }: { db: Db },
  viewer: Viewer,
  cap: number,
): Promise<number> {
  authorize(viewer, 'alertRules.read');
  return db.prisma.summaryRule.count({ where: visible(viewer), take: cap });
}

/** The rules with these ids that the viewer may see, in any order. */
export async function findSummaryRules(
  { db }: { db: Db },
  viewer: Viewer,
  ids: readonly string[],
): Promise<SummaryRuleRow[]> {
  if (!may(viewer, 'alertRules.read')) return [];
  return db.prisma.summaryRule.findMany({
    where: { AND: [visible(viewer), { id: { in: [...ids] } }] },
  });
}

const visible = (viewer: Viewer): Prisma.SummaryRuleWhereInput => visibleRules(viewer);
