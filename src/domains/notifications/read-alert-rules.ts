// Reads alert rules: one's own, and for MANAGER and ADMIN those of their companies.
import { authorize, may } from '#domains/accounts/index.ts';
import type { Prisma } from '#generated/prisma/client.ts';
import type { Db } from '#platform/db/index.ts';
import type { RowKey } from '#values/cursor.ts';
import { type Direction, orderByKey, readDate, whereAfter } from '#values/keyset.ts';
import { seesCompany, type Viewer } from '#values/viewer.ts';
import { isOwn } from './alert-rule-input.ts';
import type { AlertRuleRow } from './store.ts';

/** Which rules; absent and null fields leave all. */
export interface AlertRuleFilter {
  /** those about one of these companies or about all */
  companyIds?: readonly string[] | null | undefined;
  /** those that write to one of these users */
  userIds?: readonly string[] | null | undefined;
}

/** Whether a viewer sees a rule. */
export function seesAlertRule(
  viewer: Viewer,
  rule: Pick<AlertRuleRow, 'companyId' | 'userId'>,
): boolean {
  return (
    isOwn(viewer, rule) ||
    (may(viewer, 'alertRules.readAll') && seesCompany(viewer, rule.companyId))
  );
}

/** One page of rules by the time they were made. Throws Forbidden; MalformedCursor. */
export function listAlertRules(
  { db }: { db: Db },
  viewer: Viewer,
  want: { filter: AlertRuleFilter; direction: Direction; limit: number; after: RowKey | null },
): Promise<AlertRuleRow[]> {
  authorize(viewer, 'alertRules.read');
  const { filter, direction, limit } = want;
  const after = whereAfter('createdAt', direction, want.after, readDate);
  return db.prisma.alertRule.findMany({
    where: { AND: [visibleRules(viewer), matching(filter), after] },
    orderBy: orderByKey('createdAt', direction),
    take: limit,
  });
}

/** How many rules the filter leaves, counted up to `cap`. Throws Forbidden. */
export function countAlertRules(
  { db }: { db: Db },
  viewer: Viewer,
  filter: AlertRuleFilter,
  cap: number,
): Promise<number> {
  authorize(viewer, 'alertRules.read');
  return db.prisma.alertRule.count({
    where: { AND: [visibleRules(viewer), matching(filter)] },
    take: cap,
  });
}

/** The rules with these ids that the viewer may see, in any order. */
export async function findAlertRules(
  { db }: { db: Db },
  viewer: Viewer,
  ids: readonly string[],
): Promise<AlertRuleRow[]> {
  if (!may(viewer, 'alertRules.read')) return [];
  return db.prisma.alertRule.findMany({
    where: { AND: [visibleRules(viewer), { id: { in: [...ids] } }] },
  });
}

/** The rules that a viewer sees, of alerts as of summaries. */
export function visibleRules(viewer: Viewer) {
  const { accountId, actor, companyIds } = viewer;
  if (!may(viewer, 'alertRules.readAll')) return { accountId, userId: ownId(viewer) };
  if (companyIds === null) return { accountId };
  const inCompanies = { companyId: { in: [...companyIds] } };
  return actor.kind === 'user'
    ? { accountId, OR: [inCompanies, { userId: actor.id }] }
    : { accountId, ...inCompanies };
}

/** A key has no rules of its own: it sees none by this. */
function ownId({ actor }: Viewer): string {
  return actor.kind === 'user' ? actor.id : '00000000-0000-0000-0000-000000000000';
}

function matching({ companyIds, userIds }: AlertRuleFilter): Prisma.AlertRuleWhereInput {
  return {
    ...(companyIds && { OR: [{ companyId: null }, { companyId: { in: [...companyIds] } }] }),
    ...(userIds && { userId: { in: [...userIds] } }),
  };
}
