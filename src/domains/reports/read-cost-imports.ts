// Reads the imports of costs of the companies that a viewer sees, in the order of their table's key.
import { z } from 'zod';
import { authorize } from '#domains/accounts/index.ts';
import type { Db } from '#platform/db/index.ts';
import { MalformedCursor, type RowKey } from '#values/cursor.ts';
import type { Viewer } from '#values/viewer.ts';
import type { CostImportRow } from './store-costs.ts';

type Companies = readonly string[] | null | undefined;

/**
 * One page of imports by company and key.
 * @param want.companyIds those of these companies; null and absent = all
 * @param want.after the last one's place: its company, and its key as the id
 * @throws Forbidden; MalformedCursor
 */
export async function listCostImports(
  { db }: { db: Db },
  viewer: Viewer,
  want: { companyIds: Companies; limit: number; after: RowKey | null },
): Promise<(CostImportRow & { id: string })[]> {
  authorize(viewer, 'reports.read');
  const rows = await db.prisma.costImport.findMany({
    where: { AND: [visible(viewer, want.companyIds), behind(want.after)] },
    orderBy: [{ companyId: 'asc' }, { key: 'asc' }],
    take: want.limit,
  });
  return rows.map((row) => ({ ...row, id: row.key }));
}

/** How many imports there are, counted up to `cap`. Throws Forbidden. */
export async function countCostImports(
  { db }: { db: Db },
  viewer: Viewer,
  companyIds: Companies,
  cap: number,
): Promise<number> {
  authorize(viewer, 'reports.read');
  return db.prisma.costImport.count({ where: visible(viewer, companyIds), take: cap });
}

function visible({ accountId, companyIds: own }: Viewer, asked: Companies) {
  return {
    AND: [
      { accountId },
      ...(own ? [{ companyId: { in: [...own] } }] : []),
      ...(asked ? [{ companyId: { in: [...asked] } }] : []),
    ],
  };
}

function behind(after: RowKey | null) {
  if (!after) return {};
  const { value: companyId, id: key } = after;
  if (!z.uuid().safeParse(companyId).success) throw new MalformedCursor();
  return { OR: [{ companyId: { gt: companyId } }, { companyId, key: { gt: key } }] };
}
