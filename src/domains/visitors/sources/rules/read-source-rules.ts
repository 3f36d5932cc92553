// Reads source rules: those of the viewer's account and companies.
import { authorize, may } from '#domains/accounts/index.ts';
import type { Db } from '#platform/db/index.ts';
import type { RowKey } from '#values/cursor.ts';
import { orderByKey, whereAfter } from '#values/keyset.ts';
import { seesCompany, type Viewer } from '#values/viewer.ts';
import { SOURCE_RULE_COLUMNS, type SourceRuleRow, toSourceRule } from './store-rules.ts';

/** One page of a company's rules, in the order in which they are asked. Throws Forbidden; MalformedCursor. */
export async function listSourceRules(
  { db }: { db: Db },
  viewer: Viewer,
  want: { companyId: string; limit: number; after: RowKey | null },
): Promise<SourceRuleRow[]> {
  authorize(viewer, 'sourceRules.read', want.companyId);
  const { accountId } = viewer;
  const rows = await db.prisma.sourceRule.findMany({
    where: {
      AND: [
        { accountId, companyId: want.companyId },
        whereAfter('position', 'asc', want.after, Number),
      ],
    },
    orderBy: orderByKey('position', 'asc'),
    take: want.limit,
    select: SOURCE_RULE_COLUMNS,
  });
  return rows.map(toSourceRule);
}

/** How many rules a company has, counted up to `cap`. Throws Forbidden. */
export function countSourceRules(
  { db }: { db: Db },
  viewer: Viewer,
  companyId: string,
  cap: number,
): Promise<number> {
  authorize(viewer, 'sourceRules.read', companyId);
  const { accountId } = viewer;
  return db.prisma.sourceRule.count({ where: { accountId, companyId }, take: cap });
}

/** The rules with these ids that the viewer may see, in any order. */
export async function findSourceRules(
  { db }: { db: Db },
  viewer: Viewer,
  ids: readonly string[],
): Promise<SourceRuleRow[]> {
  if (!may(viewer, 'sourceRules.read')) return [];
  const rows = await db.prisma.sourceRule.findMany({
    where: { accountId: viewer.accountId, id: { in: [...ids] } },
    select: SOURCE_RULE_COLUMNS,
  });
  return rows.map(toSourceRule).filter(({ companyId }) => seesCompany(viewer, companyId));
}
