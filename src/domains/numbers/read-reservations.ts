// Reads reservations: those of the viewer's account and companies.
import { authorize, may } from '#domains/accounts/index.ts';
import type { Db } from '#platform/db/index.ts';
import type { RowKey } from '#values/cursor.ts';
import { type Direction, orderByKey, readDate, whereAfter } from '#values/keyset.ts';
import type { Viewer } from '#values/viewer.ts';
import { RESERVATION_COLUMNS, type ReservationRow } from './store-reservations.ts';

/** Which reservations; absent and null fields leave all. */
export interface ReservationFilter {
  companyIds?: readonly string[] | null | undefined;
}

/** One page of reservations by the time they were made. Throws Forbidden; MalformedCursor. */
export function listReservations(
  { db }: { db: Db },
  viewer: Viewer,
  want: { filter: ReservationFilter; direction: Direction; limit: number; after: RowKey | null },
): Promise<ReservationRow[]> {
  authorize(viewer, 'numbers.read');
  const after = whereAfter('createdAt', want.direction, want.after, readDate);
  return db.prisma.numberReservation.findMany({
    where: { AND: [visible(viewer), matching(want.filter), after] },
    orderBy: orderByKey('createdAt', want.direction),
    take: want.limit,
    select: RESERVATION_COLUMNS,
  });
}

/** How many reservations the filter leaves, counted up to `cap`. Throws Forbidden. */
export function countReservations(
  { db }: { db: Db },
  viewer: Viewer,
  filter: ReservationFilter,
  cap: number,
): Promise<number> {
  authorize(viewer, 'numbers.read');
  return db.prisma.numberReservation.count({
    where: { AND: [visible(viewer), matching(filter)] },
    take: cap,
  });
}

/** The reservations with these ids that the viewer may see, in any order. */
export async function findReservations(
  { db }: { db: Db },
  viewer: Viewer,
  ids: readonly string[],
): Promise<ReservationRow[]> {
  if (!may(viewer, 'numbers.read')) return [];
  return db.prisma.numberReservation.findMany({
    where: { AND: [visible(viewer), { id: { in: [...ids] } }] },
    select: RESERVATION_COLUMNS,
  });
}

function visible({ accountId, companyIds }: Viewer) {
  return { accountId, ...(companyIds && { companyId: { in: [...companyIds] } }) };
}

function matching({ companyIds }: ReservationFilter) {
  return companyIds ? { companyId: { in: [...companyIds] } } : {};
}
