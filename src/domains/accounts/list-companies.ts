// Reads companies: those of the viewer's account that the viewer may see.
import type { Company, Prisma } from '#generated/prisma/client.ts';
import type { Db } from '#platform/db/index.ts';
import type { RowKey } from '#values/cursor.ts';
import { type Direction, orderByKey, readDate, whereAfter } from '#values/keyset.ts';
import type { Viewer } from '#values/viewer.ts';
import { authorize, may } from './permissions.ts';

/** Which companies; absent and null fields leave all. */
export interface CompanyFilter {
  status?: 'ACTIVE' | 'DISABLED' | null | undefined;
  /** part of the name, in capitals or not */
  name?: string | null | undefined;
}

export interface CompanyOrder {
  field: 'name' | 'createdAt';
  direction: Direction;
}

/** One page of companies. Throws Forbidden. */
export function listCompanies(
  { db }: { db: Db },
  viewer: Viewer,
  want: { filter: CompanyFilter; order: CompanyOrder; limit: number; after: RowKey | null },
): Promise<Company[]> {
  authorize(viewer, 'companies.read');
  const { field, direction } = want.order;
  const read = field === 'createdAt' ? readDate : String;
  return db.prisma.company.findMany({
    where: {
      AND: [visible(viewer), matching(want.filter), whereAfter(field, direction, want.after, read)],
    },
    orderBy: orderByKey(field, direction),
    take: want.limit,
  });
}

/** How many companies the filter leaves, counted up to `cap`. Throws Forbidden. */
export function countCompaniesOf(
  { db }: { db: Db },
  viewer: Viewer,
  filter: CompanyFilter,
  cap: number,
): Promise<number> {
  authorize(viewer, 'companies.read');
  return db.prisma.company.count({
    where: { AND: [visible(viewer), matching(filter)] },
    take: cap,
  });
}

/** The companies with these ids, in any order, without those that the viewer may not see. */
export async function findCompanies(
  { db }: { db: Db },
  viewer: Viewer,
  ids: readonly string[],
): Promise<Company[]> {
  if (!may(viewer, 'companies.read')) return [];
  return db.prisma.company.findMany({
    where: { AND: [visible(viewer), { id: { in: [...ids] } }] },
  });
}

function visible({ accountId, companyIds }: Viewer): Prisma.CompanyWhereInput {
  return { accountId, ...(companyIds && { id: { in: [...companyIds] } }) };
}

function matching({ status, name }: CompanyFilter): Prisma.CompanyWhereInput {
  return {
    ...(status && { status }),
    ...(name && { name: { contains: name, mode: 'insensitive' as const } }),
  };
}
