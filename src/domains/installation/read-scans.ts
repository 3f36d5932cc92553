// Reads scans: those of the viewer's account and companies.
import { authorize, may } from '#domains/accounts/index.ts';
import type { Prisma } from '#generated/prisma/client.ts';
import type { Db } from '#platform/db/index.ts';
import type { RowKey } from '#values/cursor.ts';
import { type Direction, orderByKey, readDate, whereAfter } from '#values/keyset.ts';
import type { Viewer } from '#values/viewer.ts';
import type { ScanRow } from './store.ts';

/** Which scans; absent and null fields leave all. */
export interface ScanFilter {
  companyIds?: readonly string[] | null | undefined;
  states?: readonly ScanRow['state'][] | null | undefined;
}

/** One page of scans, by when they were asked for. Throws Forbidden; MalformedCursor. */
export function listScans(
  { db }: { db: Db },
  viewer: Viewer,
  want: { filter: ScanFilter; direction: Direction; limit: number; after: RowKey | null },
): Promise<ScanRow[]> {
  authorize(viewer, 'sites.read');
  const after = whereAfter('createdAt', want.direction, want.after, readDate);
  return db.prisma.siteScan.findMany({
    where: { AND: [visible(viewer), matching(want.filter), after] },
    orderBy: orderByKey('createdAt', want.direction),
    take: want.limit,
  });
}

/** How many scans the filter leaves, counted up to `cap`. Throws Forbidden. */
export function countScans(
  { db }: { db: Db },
  viewer: Viewer,
  filter: ScanFilter,
  cap: number,
): Promise<number> {
  authorize(viewer, 'sites.read');
  return db.prisma.siteScan.count({
    where: { AND: [visible(viewer), matching(filter)] },
    take: cap,
  });
}

/** The scans with these ids that the viewer may see, in any order. */
export async function findScans(
  { db }: { db: Db },
  viewer: Viewer,
  ids: readonly string[],
): Promise<ScanRow[]> {
  if (!may(viewer, 'sites.read')) return [];
  return db.prisma.siteScan.findMany({
    where: { AND: [visible(viewer), { id: { in: [...ids] } }] },
  });
}

function visible({ accountId, companyIds }: Viewer) {
  return { accountId, ...(companyIds && { companyId: { in: [...companyIds] } }) };
}

function matching({ companyIds, states }: ScanFilter): Prisma.SiteScanWhereInput {
  return {
    ...(companyIds && { companyId: { in: [...companyIds] } }),
    ...(states && { state: { in: [...states] } }),
  };
}
