// Reads sessions of visitors and their page views: those of the viewer's account and companies.
import { authorize, may } from '#domains/accounts/index.ts';
import type { PageView, Prisma } from '#generated/prisma/client.ts';
import type { Db } from '#platform/db/index.ts';
import type { RowKey } from '#values/cursor.ts';
import { type Direction, orderByKey, readDate, whereAfter } from '#values/keyset.ts';
import type { Viewer } from '#values/viewer.ts';
import type { SessionRow } from './store-sessions.ts';

/** Which sessions; absent and null fields leave all. */
export interface SessionFilter {
  companyIds?: readonly string[] | null | undefined;
  /** as the browser made it */
  visitorId?: string | null | undefined;
  /** inclusive */
  startedFrom?: Date | null | undefined;
  /** exclusive */
  startedBefore?: Date | null | undefined;
}

/** One page of sessions, by the time they began. Throws Forbidden; MalformedCursor. */
export function listSessions(
  { db }: { db: Db },
  viewer: Viewer,
  want: { filter: SessionFilter; direction: Direction; limit: number; after: RowKey | null },
): Promise<SessionRow[]> {
  authorize(viewer, 'visitors.read');
  const after = whereAfter('startedAt', want.direction, want.after, readDate);
  return db.prisma.visitorSession.findMany({
    where: { AND: [visible(viewer), matching(want.filter), after] },
    orderBy: orderByKey('startedAt', want.direction),
    take: want.limit,
  });
}

/** How many sessions the filter leaves, counted up to `cap`. Throws Forbidden. */
export function countSessions(
  { db }: { db: Db },
  viewer: Viewer,
  filter: SessionFilter,
  cap: number,
): Promise<number> {
  authorize(viewer, 'visitors.read');
  return db.prisma.visitorSession.count({
    where: { AND: [visible(viewer), matching(filter)] },
    take: cap,
  });
}

/** The sessions with these ids that the viewer may see, in any order. */
export async function findSessions(
  { db }: { db: Db },
  viewer: Viewer,
  ids: readonly string[],
): Promise<SessionRow[]> {
  if (!may(viewer, 'visitors.read')) return [];
  return db.prisma.visitorSession.findMany({
    where: { AND: [visible(viewer), { id: { in: [...ids] } }] },
  });
}

/**
 * One page of a session's page views, the latest first. The session is one that was read. Throws MalformedCursor.
 * @param want.before only those earlier than this; null = all
 */
export function pageViewsOf(
  { db }: { db: Db },
  { accountId, id: sessionId }: Pick<SessionRow, 'accountId' | 'id'>,
  want: { limit: number; after: RowKey | null; before: Date | null },
): Promise<PageView[]> {
  const { before, after } = want;
  const own = { accountId, sessionId, ...(before && { at: { lt: before } }) };
  return db.prisma.pageView.findMany({
    where: { AND: [own, whereAfter('at', 'desc', after, readDate)] },
    orderBy: orderByKey('at', 'desc'),
    take: want.limit,
  });
}

/**
 * How many page views a session has.
 * @param want.before see pageViewsOf
 * @param want.cap counts up to this
 */
export function countPageViews(
  { db }: { db: Db },
  { accountId, id: sessionId }: Pick<SessionRow, 'accountId' | 'id'>,
  { cap, before }: { cap: number; before: Date | null },
): Promise<number> {
  const where = { accountId, sessionId, ...(before && { at: { lt: before } }) };
  return db.prisma.pageView.count({ where, take: cap });
}

function visible({ accountId, companyIds }: Viewer) {
  return { accountId, ...(companyIds && { companyId: { in: [...companyIds] } }) };
}

function matching(filter: SessionFilter): Prisma.VisitorSessionWhereInput {
  const { companyIds, visitorId, startedFrom, startedBefore } = filter;
  return {
    ...(companyIds && { companyId: { in: [...companyIds] } }),
    ...(visitorId && { visitorId }),
    startedAt: {
      ...(startedFrom && { gte: startedFrom }),
      ...(startedBefore && { lt: startedBefore }),
    },
  };
}
