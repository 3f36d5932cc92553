// Reads saved views: one's own, and those that are shared. Who is kept to some companies sees no view of another one.
import { authorize, may } from '#domains/accounts/index.ts';
import type { Prisma } from '#generated/prisma/client.ts';
import type { Db } from '#platform/db/index.ts';
import { notFound } from '#values/refusals.ts';
import { nameActor, seesCompany, type Viewer } from '#values/viewer.ts';
import { toView, type ViewRow } from './store-views.ts';

/** Of one's own, and of the shared ones of an account. */
export const MOST_VIEWS = 50;

/** Whether a viewer sees a view. */
export function seesView(
  viewer: Viewer,
  { madeBy, isShared, companyIds }: Pick<ViewRow, 'madeBy' | 'isShared' | 'companyIds'>,
): boolean {
  if (!isShared && madeBy !== nameActor(viewer.actor)) return false;
  return companyIds.every((companyId) => seesCompany(viewer, companyId));
}

/** All views that the viewer sees, by name; at most twice MOST_VIEWS. Throws Forbidden. */
export function listViews({ db }: { db: Db }, viewer: Viewer): Promise<ViewRow[]> {
  authorize(viewer, 'inbox.read');
  return read(db, viewer, {});
}

/** The views with these ids that the viewer sees, by name. */
export async function findViews(
  { db }: { db: Db },
  viewer: Viewer,
  ids: readonly string[],
): Promise<ViewRow[]> {
  if (!may(viewer, 'inbox.read')) return [];
  return read(db, viewer, { id: { in: [...ids] } });
}

/** One view that the viewer sees. Throws Forbidden; Refused NOT_FOUND. */
export async function requireView(
  { db }: { db: Db },
  viewer: Viewer,
  id: string,
): Promise<ViewRow> {
  authorize(viewer, 'inbox.read');
  const [view] = await read(db, viewer, { id });
  if (!view) throw notFound('savedViewId', 'SavedView');
  return view;
}

async function read(db: Db, viewer: Viewer, which: Prisma.SavedViewWhereInput): Promise<ViewRow[]> {
  const own = { OR: [{ isShared: true }, { madeBy: nameActor(viewer.actor) }] };
  const rows = await db.prisma.savedView.findMany({
    where: { AND: [{ accountId: viewer.accountId }, own, which] },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: 2 * MOST_VIEWS,
  });
  return rows.map(toView).filter((row) => seesView(viewer, row));
}
