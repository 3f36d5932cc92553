// Reads API keys; what a key may do and when it was used, never the key itself.
import type { Prisma } from '#generated/prisma/client.ts';
import type { Clock } from '#platform/clock/index.ts';
import type { Db } from '#platform/db/index.ts';
import type { RowKey } from '#values/cursor.ts';
import { type Direction, orderByKey, readDate, whereAfter } from '#values/keyset.ts';
import { nameActor, type Viewer } from '#values/viewer.ts';
import { authorize, may } from './permissions.ts';
import { type KeyRow, readKeys, visibleKeys } from './store.ts';

export type KeyState = 'LIVE' | 'EXPIRED' | 'REVOKED';

/** Which keys; absent and null fields leave all. */
export interface ApiKeyFilter {
  state?: KeyState | null | undefined;
}

/** One page of keys by the time they were made. Throws Forbidden. */
export function listApiKeys(
  { db, clock }: { db: Db; clock: Clock },
  viewer: Viewer,
  want: { filter: ApiKeyFilter; direction: Direction; limit: number; after: RowKey | null },
): Promise<KeyRow[]> {
  authorize(viewer, 'apiKeys.read');
  const { direction, after } = want;
  return readKeys(db.prisma, {
    where: {
      AND: [
        visibleKeys(viewer),
        inState(want.filter, clock.now(viewer.accountId)),
        whereAfter('createdAt', direction, after, readDate),
      ],
    },
    orderBy: orderByKey('createdAt', direction),
    take: want.limit,
  });
}

/** How many keys the filter leaves, counted up to `cap`. Throws Forbidden. */
export function countApiKeys(
  { db, clock }: { db: Db; clock: Clock },
  viewer: Viewer,
  filter: ApiKeyFilter,
  cap: number,
): Promise<number> {
  authorize(viewer, 'apiKeys.read');
  const where = { AND: [visibleKeys(viewer), inState(filter, clock.now(viewer.accountId))] };
  return db.prisma.apiKey.count({ where, take: cap });
}

/** The keys with these ids, in any order; a viewer who may not read keys gets only the one it uses. */
export async function findApiKeys(
  { db }: { db: Db },
  viewer: Viewer,
  ids: readonly string[],
): Promise<KeyRow[]> {
  const isOwn = (id: string) => nameActor(viewer.actor) === `key:${id}`;
  const seen = may(viewer, 'apiKeys.read') ? [...ids] : ids.filter(isOwn);
  if (seen.length === 0) return [];
  return readKeys(db.prisma, { where: { AND: [visibleKeys(viewer), { id: { in: seen } }] } });
}

/** Whether a key is good at a moment. */
export function stateOfKey(key: Pick<KeyRow, 'revokedAt' | 'expiresAt'>, now: Date): KeyState {
  if (key.revokedAt) return 'REVOKED';
  return key.expiresAt && key.expiresAt <= now ? 'EXPIRED' : 'LIVE';
}

function inState({ state }: ApiKeyFilter, now: Date): Prisma.ApiKeyWhereInput {
  if (state === 'REVOKED') return { revokedAt: { not: null } };
  if (state === 'EXPIRED') return { revokedAt: null, expiresAt: { lte: now } };
  if (state !== 'LIVE') return {};
  return { revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] };
}
