// Reads phone numbers: those of the viewer's account and companies.
import { authorize, may } from '#domains/accounts/index.ts';
import type { Prisma } from '#generated/prisma/client.ts';
import type { PhoneNumberStatus } from '#generated/prisma/enums.ts';
import type { Db } from '#platform/db/index.ts';
import type { RowKey } from '#values/cursor.ts';
import { type Direction, orderByKey, readDate, whereAfter } from '#values/keyset.ts';
import type { Viewer } from '#values/viewer.ts';
import { PHONE_NUMBER_COLUMNS, type PhoneNumberRow } from './store-numbers.ts';

/** Which numbers; absent and null fields leave all. */
export interface PhoneNumberFilter {
  companyIds?: readonly string[] | null | undefined;
  trackerIds?: readonly string[] | null | undefined;
  status?: PhoneNumberStatus | null | undefined;
}

export interface PhoneNumberOrder {
  field: 'number' | 'createdAt';
  direction: Direction;
}

/** One page of numbers. Throws Forbidden; MalformedCursor. */
export function listPhoneNumbers(
  { db }: { db: Db },
  viewer: Viewer,
  want: {
    filter: PhoneNumberFilter;
    order: PhoneNumberOrder;
    limit: number;
    after: RowKey | null;
  },
): Promise<PhoneNumberRow[]> {
  authorize(viewer, 'numbers.read');
  const { field, direction } = want.order;
  const read = field === 'createdAt' ? readDate : String;
  const after = whereAfter(field, direction, want.after, read);
  return db.prisma.phoneNumber.findMany({
    where: { AND: [visible(viewer), matching(want.filter), after] },
    orderBy: orderByKey(field, direction),
    take: want.limit,
    select: PHONE_NUMBER_COLUMNS,
  });
}

/** How many numbers the filter leaves, counted up to `cap`. Throws Forbidden. */
export function countPhoneNumbers(
  { db }: { db: Db },
  viewer: Viewer,
  filter: PhoneNumberFilter,
  cap: number,
): Promise<number> {
  authorize(viewer, 'numbers.read');
  return db.prisma.phoneNumber.count({
    where: { AND: [visible(viewer), matching(filter)] },
    take: cap,
  });
}

/** The numbers with these ids that the viewer may see, in any order. */
export async function findPhoneNumbers(
  { db }: { db: Db },
  viewer: Viewer,
  ids: readonly string[],
): Promise<PhoneNumberRow[]> {
  if (!may(viewer, 'numbers.read')) return [];
  return db.prisma.phoneNumber.findMany({
    where: { AND: [visible(viewer), { id: { in: [...ids] } }] },
    select: PHONE_NUMBER_COLUMNS,
  });
}

/** The number that takes each one's place, or null, in the order of the ids; by one query. */
export async function replacementsOf(
  { db }: { db: Db },
  viewer: Viewer,
  phoneNumberIds: readonly string[],
): Promise<(PhoneNumberRow | null)[]> {
  const rows = may(viewer, 'numbers.read')
    ? await db.prisma.phoneNumber.findMany({
        where: {
          AND: [visible(viewer), { replacesId: { in: [...phoneNumberIds] } }],
          status: { not: 'FAILED' },
        },
        orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
        select: PHONE_NUMBER_COLUMNS,
      })
    : [];
  const by = new Map(rows.map((row) => [row.replacesId, row]));
  return phoneNumberIds.map((id) => by.get(id) ?? null);
}

function visible({ accountId, companyIds }: Viewer) {
  return { accountId, ...(companyIds && { companyId: { in: [...companyIds] } }) };
}

function matching(filter: PhoneNumberFilter): Prisma.PhoneNumberWhereInput {
  const { companyIds, trackerIds, status } = filter;
  return {
    ...(companyIds && { companyId: { in: [...companyIds] } }),
    ...(trackerIds && { trackerId: { in: [...trackerIds] } }),
    ...(status && { status }),
  };
}
