// Reads the audit log of the viewer's account.
import type { AuditEntry, Prisma } from '#generated/prisma/client.ts';
import type { Db } from '#platform/db/index.ts';
import type { RowKey } from '#values/cursor.ts';
import { type Direction, orderByKey, readDate, whereAfter } from '#values/keyset.ts';
import type { Viewer } from '#values/viewer.ts';
import { authorize, may } from './permissions.ts';

/** Which entries; absent and null fields leave all. */
export interface AuditFilter {
  /** key:<uuid>, user:<uuid> or system:<name> */
  actor?: string | undefined;
  action?: string | null | undefined;
  /** company:<uuid>, apiKey:<uuid>, … */
  subject?: string | undefined;
  /** from this moment on */
  from?: Date | null | undefined;
  /** before this moment */
  until?: Date | null | undefined;
}

/** One page of entries by time. Throws Forbidden. */
export function listAuditEntries(
  { db }: { db: Db },
  viewer: Viewer,
  want: { filter: AuditFilter; direction: Direction; limit: number; after: RowKey | null },
): Promise<AuditEntry[]> {
  authorize(viewer, 'audit.read');
  const { direction, after } = want;
  return db.prisma.auditEntry.findMany({
    where: { AND: [matching(viewer, want.filter), whereAfter('at', direction, after, readDate)] },
    orderBy: orderByKey('at', direction),
    take: want.limit,
  });
}

/** How many entries the filter leaves, counted up to `cap`. Throws Forbidden. */
export function countAuditEntries(
  { db }: { db: Db },
  viewer: Viewer,
  filter: AuditFilter,
  cap: number,
): Promise<number> {
  authorize(viewer, 'audit.read');
  return db.prisma.auditEntry.count({ where: matching(viewer, filter), take: cap });
}

function matching({ accountId }: Viewer, filter: AuditFilter): Prisma.AuditEntryWhereInput {
  const { actor, action, subject, from, until } = filter;
  return {
    accountId,
    ...(actor && { actor }),
    ...(action && { action }),
    ...(subject && { subject }),
    ...((from || until) && { at: { ...(from && { gte: from }), ...(until && { lt: until }) } }),
  };
}

/** The entries with these ids, in any order; none for a viewer who may not read the log. */
export async function findAuditEntries(
  { db }: { db: Db },
  viewer: Viewer,
  ids: readonly string[],
): Promise<AuditEntry[]> {
  if (!may(viewer, 'audit.read')) return [];
  const { accountId } = viewer;
  return db.prisma.auditEntry.findMany({ where: { accountId, id: { in: [...ids] } } });
}
