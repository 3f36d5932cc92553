// What was asked of models and what that cost, row by row. The rows tell nothing of the words, and stay when those are erased.
import { authorize } from '#domains/accounts/index.ts';
import type { ModelRequest, Prisma } from '#generated/prisma/client.ts';
import type { Db } from '#platform/db/index.ts';
import type { RowKey } from '#values/cursor.ts';
import { readDate } from '#values/keyset.ts';
import type { Viewer } from '#values/viewer.ts';

/** Which requests; absent and null fields leave all. */
export interface ModelRequestFilter {
  companyIds?: readonly string[] | null | undefined;
  /** from this moment on */
  startedFrom?: Date | null | undefined;
  /** before this moment */
  startedBefore?: Date | null | undefined;
}

/** A request with what its place in the list is known by. */
export type ListedRequest = ModelRequest & { id: string };

/** One page of requests, those begun last first. Throws Forbidden; MalformedCursor. */
export async function listModelRequests(
  { db }: { db: Pick<Db, 'prisma'> },
  viewer: Viewer,
  filter: ModelRequestFilter,
  { limit, after }: { limit: number; after: RowKey | null },
): Promise<ListedRequest[]> {
  authorize(viewer, 'audit.read');
  const rows = await db.prisma.modelRequest.findMany({
    where: { AND: [matching(viewer, filter), after ? behind(after) : {}] },
    orderBy: [{ at: 'desc' }, { key: 'desc' }],
    take: limit,
  });
  return rows.map((row) => ({ ...row, id: row.key }));
}

/** How many requests the filter leaves, counted up to `cap`. Throws Forbidden. */
export function countModelRequests(
  { db }: { db: Pick<Db, 'prisma'> },
  viewer: Viewer,
  filter: ModelRequestFilter,
  cap: number,
): Promise<number> {
  authorize(viewer, 'audit.read');
  return db.prisma.modelRequest.count({ where: matching(viewer, filter), take: cap });
}

function behind({ value, id: key }: RowKey): Prisma.ModelRequestWhereInput {
  const at = readDate(value);
  return { OR: [{ at: { lt: at } }, { at, key: { lt: key } }] };
}

function matching(
  { accountId }: Viewer,
  { companyIds, startedFrom: from, startedBefore: before }: ModelRequestFilter,
): Prisma.ModelRequestWhereInput {
  return {
    accountId,
    ...(companyIds && { companyId: { in: [...companyIds] } }),
    ...((from || before) && { at: { ...(from && { gte: from }), ...(before && { lt: before }) } }),
  };
}
