// Reads trackers and sources: those of the viewer's account and companies.
import { authorize, may } from '#domains/accounts/index.ts';
import type { Prisma } from '#generated/prisma/client.ts';
import type { TrackerStatus } from '#generated/prisma/enums.ts';
import type { Db } from '#platform/db/index.ts';
import type { RowKey } from '#values/cursor.ts';
import { type Direction, orderByKey, readDate, whereAfter } from '#values/keyset.ts';
import type { Viewer } from '#values/viewer.ts';
import { asTracker, type SourceRow, TRACKER_COLUMNS, type TrackerRow } from './store.ts';

/** Which trackers; absent and null fields leave all. */
export interface TrackerFilter {
  companyIds?: readonly string[] | null | undefined;
  type?: TrackerRow['type'] | null | undefined;
  status?: TrackerStatus | null | undefined;
  /** part of the name, in capitals or not */
  name?: string | null | undefined;
}

export interface TrackerOrder {
  field: 'name' | 'createdAt';
  direction: Direction;
}

/** One page of trackers. Throws Forbidden; MalformedCursor. */
export async function listTrackers(
  { db }: { db: Db },
  viewer: Viewer,
  want: { filter: TrackerFilter; order: TrackerOrder; limit: number; after: RowKey | null },
): Promise<TrackerRow[]> {
  authorize(viewer, 'trackers.read');
  const { field, direction } = want.order;
  const read = field === 'createdAt' ? readDate : String;
  const after = whereAfter(field, direction, want.after, read);
  const rows = await db.prisma.tracker.findMany({
    where: { AND: [visible(viewer), matching(want.filter), after] },
    orderBy: orderByKey(field, direction),
    take: want.limit,
    select: TRACKER_COLUMNS,
  });
  return rows.map(asTracker);
}

/** How many trackers the filter leaves, counted up to `cap`. Throws Forbidden. */
export function countTrackers(
  { db }: { db: Db },
  viewer: Viewer,
  filter: TrackerFilter,
  cap: number,
): Promise<number> {
  authorize(viewer, 'trackers.read');
  return db.prisma.tracker.count({
    where: { AND: [visible(viewer), matching(filter)] },
    take: cap,
  });
}

/** The trackers with these ids that the viewer may see, in any order. */
export async function findTrackers(
  { db }: { db: Db },
  viewer: Viewer,
  ids: readonly string[],
): Promise<TrackerRow[]> {
  if (!may(viewer, 'trackers.read')) return [];
  const rows = await db.prisma.tracker.findMany({
    where: { AND: [visible(viewer), { id: { in: [...ids] } }] },
    select: TRACKER_COLUMNS,
  });
  return rows.map(asTracker);
}

/** The sources with these ids that the viewer may see, in any order; who reads calls or forms sees where they came from. */
export async function findSources(
  { db }: { db: Db },
  viewer: Viewer,
  ids: readonly string[],
): Promise<SourceRow[]> {
  if (
    !(['trackers.read', 'calls.read', 'forms.read', 'conversations.read'] as const).some((verb) =>
      may(viewer, verb),
    )
  ) {
    return [];
  }
  return db.prisma.source.findMany({
    where: { ...visible(viewer), id: { in: [...ids] } },
    select: { id: true, companyId: true, name: true, medium: true, campaign: true },
  });
}

function visible({ accountId, companyIds }: Viewer) {
  return { accountId, ...(companyIds && { companyId: { in: [...companyIds] } }) };
}

function matching({ companyIds, type, status, name }: TrackerFilter): Prisma.TrackerWhereInput {
  return {
    ...(companyIds && { companyId: { in: [...companyIds] } }),
    ...(type && { type }),
    ...(status && { status }),
    ...(name && { name: { contains: name, mode: 'insensitive' as const } }),
  };
}
