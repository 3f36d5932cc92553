// Reads the browsers that a person has notified: their own alone.
import { authorize, may } from '#domains/accounts/index.ts';
import type { Db } from '#platform/db/index.ts';
import type { Viewer } from '#values/viewer.ts';
import { type PushSubscriptionRow, readPushSubscriptions } from './store.ts';

/** All of them, the first made first. Throws Forbidden. */
export function listPushSubscriptions(
  { db }: { db: Db },
  viewer: Viewer,
): Promise<PushSubscriptionRow[]> {
  authorize(viewer, 'pushSubscriptions.manage');
  return readPushSubscriptions(db.prisma, viewer.accountId, viewer.actor.id);
}

/** Those with these ids, in any order; others' are left out. */
export async function findOwnPushSubscriptions(
  { db }: { db: Db },
  viewer: Viewer,
  ids: readonly string[],
): Promise<PushSubscriptionRow[]> {
  if (!may(viewer, 'pushSubscriptions.manage')) return [];
  const rows = await readPushSubscriptions(db.prisma, viewer.accountId, viewer.actor.id);
  return rows.filter(({ id }) => ids.includes(id));
}
