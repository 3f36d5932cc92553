// Reads a person's own sessions: where they are signed in.

import type { Clock } from '#platform/clock/index.ts';
import type { Db } from '#platform/db/index.ts';
import type { RowKey } from '#values/cursor.ts';
import { orderByKey, readDate, whereAfter } from '#values/keyset.ts';
import type { Viewer } from '#values/viewer.ts';
import { authorizeOwnSession } from './own-session.ts';
import { alive, serverNow } from './session-life.ts';
import { type OwnMembership, readMemberships, readSessions, type SessionRow } from './store.ts';

interface Accounts {
  db: Db;
  clock: Clock;
}

/** One page of the viewer's sessions that live, newest first. Throws Forbidden. */
export async function listSessions(
  { db, clock }: Accounts,
  viewer: Viewer,
  want: { limit: number; after: RowKey | null },
): Promise<SessionRow[]> {
  const { userId } = authorizeOwnSession(viewer);
  const after = whereAfter('createdAt', 'desc', want.after, readDate);
  return readSessions(db.prisma, {
    where: { AND: [{ userId }, alive(serverNow(clock)), after] },
    orderBy: orderByKey('createdAt', 'desc'),
    take: want.limit,
  });
}

/** How many live, counted up to `cap`. Throws Forbidden. */
export async function countSessions(
  { db, clock }: Accounts,
  viewer: Viewer,
  cap: number,
): Promise<number> {
  const { userId } = authorizeOwnSession(viewer);
  return db.prisma.session.count({ where: { userId, ...alive(serverNow(clock)) }, take: cap });
}

/** Those of these sessions that are the viewer's own and live; none for a key. */
export async function findSessions(
  { db, clock }: Accounts,
  { actor }: Viewer,
  ids: readonly string[],
): Promise<SessionRow[]> {
  if (actor.kind !== 'user') return [];
  const where = { userId: actor.id, id: { in: [...ids] }, ...alive(serverNow(clock)) };
  return readSessions(db.prisma, { where });
}

/** The accounts where the viewer can sign in, first joined first; null for a key, which belongs to one. */
export async function listOwnAccounts(
  { db }: { db: Db },
  { actor }: Viewer,
): Promise<OwnMembership[] | null> {
  return actor.kind === 'user' ? readMemberships(db.prisma, actor.id) : null;
}
