// Reads keyword sets: those of the viewer's account that look into the companies which the viewer sees.
import { authorize, may } from '#domains/accounts/index.ts';
import type { Prisma } from '#generated/prisma/client.ts';
import type { Db, Tx } from '#platform/db/index.ts';
import type { RowKey } from '#values/cursor.ts';
import { type Direction, orderByKey, readDate, whereAfter } from '#values/keyset.ts';
import { seesCompany, type Viewer } from '#values/viewer.ts';
import { KEYWORD_SET_COLUMNS, type KeywordSetRow, toKeywordSet } from './store.ts';

/** Which sets; absent and null fields leave all. */
export interface KeywordSetFilter {
  /** those that look into one of these companies, sets of all companies among them */
  companyIds?: readonly string[] | null | undefined;
  /** part of the name, in capitals or not */
  name?: string | null | undefined;
}

export interface KeywordSetOrder {
  field: 'name' | 'createdAt';
  direction: Direction;
}

/** Whether a viewer sees a set: it looks into a company of theirs. */
export function seesKeywordSet(viewer: Viewer, { companyId }: Pick<KeywordSetRow, 'companyId'>) {
  return companyId === null || seesCompany(viewer, companyId);
}

/** One page of sets. Throws Forbidden; MalformedCursor. */
export async function listKeywordSets(
  { db }: { db: Db },
  viewer: Viewer,
  want: { filter: KeywordSetFilter; order: KeywordSetOrder; limit: number; after: RowKey | null },
): Promise<KeywordSetRow[]> {
  authorize(viewer, 'keywordSets.read');
  const { field, direction } = want.order;
  const after = whereAfter(field, direction, want.after, field === 'name' ? String : readDate);
  const rows = await db.prisma.keywordSet.findMany({
    where: { AND: [visible(viewer), matching(want.filter), after] },
    orderBy: orderByKey(field, direction),
    take: want.limit,
    select: KEYWORD_SET_COLUMNS,
  });
  return rows.map(toKeywordSet);
}

/** How many sets the filter leaves, counted up to `cap`. Throws Forbidden. */
export function countKeywordSets(
  { db }: { db: Db },
  viewer: Viewer,
  filter: KeywordSetFilter,
  cap: number,
): Promise<number> {
  authorize(viewer, 'keywordSets.read');
  return db.prisma.keywordSet.count({
    where: { AND: [visible(viewer), matching(filter)] },
    take: cap,
  });
}

/** The sets with these ids that the viewer may see, in any order. */
export async function findKeywordSets(
  { db }: { db: Db },
  viewer: Viewer,
  ids: readonly string[],
): Promise<KeywordSetRow[]> {
  if (!may(viewer, 'keywordSets.read')) return [];
  const rows = await db.prisma.keywordSet.findMany({
    where: { AND: [visible(viewer), { id: { in: [...ids] } }] },
    select: KEYWORD_SET_COLUMNS,
  });
  return rows.map(toKeywordSet);
}

/** The sets that look into a company. */
export async function keywordSetsOf(
  { prisma }: { prisma: Tx },
  accountId: string,
  companyId: string,
): Promise<KeywordSetRow[]> {
  const rows = await prisma.keywordSet.findMany({
    where: { accountId, deletedAt: null, ...lookingInto([companyId]) },
    orderBy: { id: 'asc' },
    select: KEYWORD_SET_COLUMNS,
  });
  return rows.map(toKeywordSet);
}

function visible({ accountId, companyIds }: Viewer): Prisma.KeywordSetWhereInput {
  return { accountId, deletedAt: null, ...(companyIds && lookingInto(companyIds)) };
}

function matching({ companyIds, name }: KeywordSetFilter): Prisma.KeywordSetWhereInput {
  return {
    ...(companyIds && lookingInto(companyIds)),
    ...(name && { name: { contains: name, mode: 'insensitive' as const } }),
  };
}

function lookingInto(companyIds: readonly string[]): Prisma.KeywordSetWhereInput {
  return { OR: [{ companyId: null }, { companyId: { in: [...companyIds] } }] };
}
