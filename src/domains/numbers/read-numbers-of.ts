// The numbers of trackers, for many trackers at once; a pool has hundreds.
import { may } from '#domains/accounts/index.ts';
import { type Db, tenantSql } from '#platform/db/index.ts';
import type { Viewer } from '#values/viewer.ts';
import { findPhoneNumbers } from './read-phone-numbers.ts';
import type { PhoneNumberRow } from './store-numbers.ts';

const MOST_OF_ONE = 50;

/** The newest 50 numbers of each of these trackers, oldest first, in the order of the ids. */
export async function phoneNumbersOf(
  { db }: { db: Db },
  viewer: Viewer,
  trackerIds: readonly string[],
): Promise<PhoneNumberRow[][]> {
  if (!may(viewer, 'numbers.read')) return trackerIds.map(() => []);
  const sql = tenantSql(viewer.accountId);
  const newest = await sql`
    select p.id, tracker_id
      from unnest(${trackerIds}::uuid[]) as asked(tracker_id)
     cross join lateral (
       select id from phone_number n
        where n.account_id = ${sql.account} and n.tracker_id = asked.tracker_id
        order by created_at desc, id desc limit ${MOST_OF_ONE}) p`.rows<{
    id: string;
    tracker_id: string;
  }>(db.pool);
  const ids = newest.map(({ id }) => id);
  const rows = new Map((await findPhoneNumbers({ db }, viewer, ids)).map((row) => [row.id, row]));
  const oldestFirst = newest.reverse();
  return trackerIds.map((trackerId) =>
    oldestFirst.flatMap(({ id, tracker_id }) =>
      tracker_id === trackerId ? (rows.get(id) ?? []) : [],
    ),
  );
}

/** How many numbers of each of these trackers visitors can be shown, in the order of the ids; by one query. */
export async function poolSizesOf(
  { db }: { db: Db },
  viewer: Viewer,
  trackerIds: readonly string[],
): Promise<(number | null)[]> {
  if (!may(viewer, 'numbers.read')) return trackerIds.map(() => null);
  const { accountId, companyIds } = viewer;
  const counted = await db.prisma.phoneNumber.groupBy({
    by: ['trackerId'],
    where: {
      accountId,
      ...(companyIds && { companyId: { in: [...companyIds] } }),
      trackerId: { in: [...trackerIds] },
      status: 'ACTIVE',
      releaseAt: null,
    },
    _count: true,
  });
  const sizes = new Map(counted.map(({ trackerId, _count }) => [trackerId, _count]));
  return trackerIds.map((id) => sizes.get(id) ?? 0);
}
