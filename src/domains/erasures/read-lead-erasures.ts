// Reads receipts of erased people: those of the viewer's account and companies.
import { authorize, may } from '#domains/accounts/index.ts';
import type { LeadErasureState } from '#generated/prisma/enums.ts';
import type { Db } from '#platform/db/index.ts';
import type { RowKey } from '#values/cursor.ts';
import { type Direction, orderByKey, readDate, whereAfter } from '#values/keyset.ts';
import type { Viewer } from '#values/viewer.ts';
import type { LeadErasureRow } from './store-lead-erasures.ts';

/** Which; absent and null fields leave all. */
export interface LeadErasureFilter {
  companyIds?: readonly string[] | undefined;
  leadIds?: readonly string[] | undefined;
  states?: readonly LeadErasureState[] | null | undefined;
}

/** One page of receipts by the time they were asked for. Throws Forbidden; MalformedCursor. */
export function listLeadErasures(
  { db }: { db: Db },
  viewer: Viewer,
  want: { filter: LeadErasureFilter; direction: Direction; limit: number; after: RowKey | null },
): Promise<LeadErasureRow[]> {
  authorize(viewer, 'erasures.read');
  const after = whereAfter('requestedAt', want.direction, want.after, readDate);
  return db.prisma.leadErasure.findMany({
    where: { AND: [visible(viewer), matching(want.filter), after] },
    orderBy: orderByKey('requestedAt', want.direction),
    take: want.limit,
  });
}

/** How many receipts the filter leaves, counted up to `cap`. Throws Forbidden. */
export function countLeadErasures(
  { db }: { db: Db },
  viewer: Viewer,
  filter: LeadErasureFilter,
  cap: number,
): Promise<number> {
  authorize(viewer, 'erasures.read');
  return db.prisma.leadErasure.count({
    where: { AND: [visible(viewer), matching(filter)] },
    take: cap,
  });
}

/** The receipts with these ids that the viewer may see, in any order. */
export async function findLeadErasures(
  { db }: { db: Db },
  viewer: Viewer,
  ids: readonly string[],
): Promise<LeadErasureRow[]> {
  if (!may(viewer, 'erasures.read')) return [];
  return db.prisma.leadErasure.findMany({
    where: { AND: [visible(viewer), { id: { in: [...ids] } }] },
  });
}

function visible({ accountId, companyIds }: Viewer) {
  return { accountId, ...(companyIds && { companyId: { in: [...companyIds] } }) };
}

function matching({ companyIds, leadIds, states }: LeadErasureFilter) {
  return {
    ...(companyIds && { companyId: { in: [...companyIds] } }),
    ...(leadIds && { leadId: { in: [...leadIds] } }),
    ...(states && { state: { in: [...states] } }),
  };
}
