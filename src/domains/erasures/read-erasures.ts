// Reads receipts: those of the viewer's account and companies.
import { authorize, may } from '#domains/accounts/index.ts';
import type { ErasureState } from '#generated/prisma/enums.ts';
import type { Db } from '#platform/db/index.ts';
import type { RowKey } from '#values/cursor.ts';
import { type Direction, orderByKey, readDate, whereAfter } from '#values/keyset.ts';
import type { Viewer } from '#values/viewer.ts';
import type { ErasureRow } from './store.ts';

/** Which erasures; absent and null fields leave all. */
export interface ErasureFilter {
  companyIds?: readonly string[] | null | undefined;
  interactionIds?: readonly string[] | undefined;
  states?: readonly ErasureState[] | null | undefined;
}

/** One page of erasures by the time they were asked for. Throws Forbidden; MalformedCursor. */
export function listErasures(
  { db }: { db: Db },
  viewer: Viewer,
  want: { filter: ErasureFilter; direction: Direction; limit: number; after: RowKey | null },
): Promise<ErasureRow[]> {
  authorize(viewer, 'erasures.read');
  const after = whereAfter('requestedAt', want.direction, want.after, readDate);
  return db.prisma.erasure.findMany({
    where: { AND: [visible(viewer), matching(want.filter), after] },
    orderBy: orderByKey('requestedAt', want.direction),
    take: want.limit,
  });
}

/** How many erasures the filter leaves, counted up to `cap`. Throws Forbidden. */
export function countErasures(
  { db }: { db: Db },
  viewer: Viewer,
  filter: ErasureFilter,
  cap: number,
): Promise<number> {
  authorize(viewer, 'erasures.read');
  return db.prisma.erasure.count({
    where: { AND: [visible(viewer), matching(filter)] },
    take: cap,
  });
}

/** The erasures with these ids that the viewer may see, in any order. */
export async function findErasures(
  { db }: { db: Db },
  viewer: Viewer,
  ids: readonly string[],
): Promise<ErasureRow[]> {
  if (!may(viewer, 'erasures.read')) return [];
  return db.prisma.erasure.findMany({
    where: { AND: [visible(viewer), { id: { in: [...ids] } }] },
  });
}

function visible({ accountId, companyIds }: Viewer) {
  return { accountId, ...(companyIds && { companyId: { in: [...companyIds] } }) };
}

function matching({ companyIds, interactionIds, states }: ErasureFilter) {
  return {
    ...(companyIds && { companyId: { in: [...companyIds] } }),
    ...(interactionIds && { interactionId: { in: [...interactionIds] } }),
    ...(states && { state: { in: [...states] } }),
  };
}
