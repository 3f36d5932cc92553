// Reads the members of the viewer's account.
import type { Prisma } from '#generated/prisma/client.ts';
import type { Db } from '#platform/db/index.ts';
import type { RowKey } from '#values/cursor.ts';
import { type Direction, readDate } from '#values/keyset.ts';
import type { Role } from '#values/scopes.ts';
import type { Viewer } from '#values/viewer.ts';
import { authorize, may } from './permissions.ts';
import { type Member, readMembers } from './store.ts';

/** Which members; absent and null fields leave all. */
export interface UserFilter {
  role?: Role | null | undefined;
}

/** One page of members by the time they were added. Throws Forbidden. */
export function listUsers(
  { db }: { db: Db },
  viewer: Viewer,
  want: { filter: UserFilter; direction: Direction; limit: number; after: RowKey | null },
): Promise<Member[]> {
  authorize(viewer, 'users.read');
  const { after, direction } = want;
  return readMembers(db.prisma, {
    where: { AND: [matching(viewer, want.filter), after ? behind(after, direction) : {}] },
    orderBy: [{ createdAt: direction }, { userId: direction }],
    take: want.limit,
  });
}

/** How many members the filter leaves, counted up to `cap`. Throws Forbidden. */
export function countUsers(
  { db }: { db: Db },
  viewer: Viewer,
  filter: UserFilter,
  cap: number,
): Promise<number> {
  authorize(viewer, 'users.read');
  return db.prisma.membership.count({ where: matching(viewer, filter), take: cap });
}

/** The members with these ids, in any order; none for a viewer who may not read them, save the viewer itself. */
export async function findUsers(
  { db }: { db: Db },
  viewer: Viewer,
  ids: readonly string[],
): Promise<Member[]> {
  const { accountId, actor } = viewer;
  const seen = may(viewer, 'users.read') ? [...ids] : ids.filter((id) => id === actor.id);
  if (seen.length === 0) return [];
  return readMembers(db.prisma, { where: { accountId, userId: { in: seen } } });
}

function matching({ accountId }: Viewer, { role }: UserFilter): Prisma.MembershipWhereInput {
  return { accountId, ...(role && { role }) };
}

/** `whereAfter` for a table whose id is called userId. */
function behind(after: RowKey, direction: Direction): Prisma.MembershipWhereInput {
  const beyond = direction === 'asc' ? 'gt' : 'lt';
  const createdAt = readDate(after.value);
  const next = [
    { createdAt: { [beyond]: createdAt } },
    { createdAt, userId: { [beyond]: after.id } },
  ];
  return { AND: [{ createdAt: { [`${beyond}e`]: createdAt } }, { OR: next }] };
}
