// Reads exports: those of the viewer's account and companies; and the file behind a link.
import { authorize, may } from '#domains/accounts/index.ts';
import type { Db } from '#platform/db/index.ts';
import type { RowKey } from '#values/cursor.ts';
import { type Direction, orderByKey, readDate, whereAfter } from '#values/keyset.ts';
import type { Viewer } from '#values/viewer.ts';
import { exportKey } from './export-link.ts';
import { seesExport } from './rights.ts';
import { type ExportRow, readExport } from './store.ts';

/** One page of exports by the time they were asked for. Throws Forbidden; MalformedCursor. */
export async function listExports(
  { db }: { db: Db },
  viewer: Viewer,
  want: { direction: Direction; limit: number; after: RowKey | null },
): Promise<ExportRow[]> {
  authorize(viewer, 'reports.read');
  const after = whereAfter('requestedAt', want.direction, want.after, readDate);
  return db.prisma.export.findMany({
    where: { AND: [await visible(db, viewer), after] },
    orderBy: orderByKey('requestedAt', want.direction),
    take: want.limit,
  });
}

/** How many exports there are, counted up to `cap`. Throws Forbidden. */
export async function countExports(
  { db }: { db: Db },
  viewer: Viewer,
  cap: number,
): Promise<number> {
  authorize(viewer, 'reports.read');
  return db.prisma.export.count({ where: await visible(db, viewer), take: cap });
}

/** The exports with these ids that the viewer may see, in any order. */
export async function findExports(
  { db }: { db: Db },
  viewer: Viewer,
  ids: readonly string[],
): Promise<ExportRow[]> {
  if (!may(viewer, 'reports.read')) return [];
  const { accountId } = viewer;
  const rows = await db.prisma.export.findMany({ where: { accountId, id: { in: [...ids] } } });
  return rows.filter((row) => seesExport(viewer, row));
}

/** The file of an export that is ready; null when there is none, or its time is over. */
export async function storedExport(
  { prisma }: Pick<Db, 'prisma'>,
  { accountId, id }: { accountId: string; id: string },
  now: Date,
): Promise<{ storageKey: string; name: string; format: ExportRow['format'] } | null> {
  const row = await readExport(prisma, accountId, id);
  if (row?.state !== 'READY' || row.expiresAt <= now) return null;
  const { format, kind } = row;
  const day = row.requestedAt.toISOString().slice(0, 10);
  const name = `${kind.toLowerCase()}-${day}.${format.toLowerCase()}`;
  return { storageKey: exportKey(row), name, format };
}

/** An export is seen by who sees all of its companies, so by nobody whose companies leave one of them out. */
async function visible({ prisma }: Pick<Db, 'prisma'>, { accountId, companyIds }: Viewer) {
  if (companyIds === null) return { accountId };
  const others = await prisma.company.findMany({
    where: { accountId, id: { notIn: [...companyIds] } },
    select: { id: true },
  });
  const hidden = { companyIds: { hasSome: others.map(({ id }) => id) } };
  return { accountId, allCompanies: false, NOT: hidden };
}
