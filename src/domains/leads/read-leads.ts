// Reads leads: those of the viewer's account and companies.
import { authorize, may } from '#domains/accounts/index.ts';
import type { Prisma } from '#generated/prisma/client.ts';
import type { LeadIdentityKind, LeadStatus } from '#generated/prisma/enums.ts';
import type { Db } from '#platform/db/index.ts';
import type { RowKey } from '#values/cursor.ts';
import { type Direction, orderByKey, readDate, whereAfter } from '#values/keyset.ts';
import type { Viewer } from '#values/viewer.ts';
import { LEAD_COLUMNS, type LeadRow } from './store.ts';

/** Which leads; absent and null fields leave all. */
export interface LeadFilter {
  companyIds?: readonly string[] | null | undefined;
  statuses?: readonly LeadStatus[] | null | undefined;
  /** E.164 */
  phoneNumber?: string | null | undefined;
  /** part of the name, in capitals or not */
  name?: string | null | undefined;
  assigneeIds?: readonly string[] | null | undefined;
  /** inclusive */
  createdFrom?: Date | null | undefined;
  /** exclusive */
  createdBefore?: Date | null | undefined;
}

/**
 * One page of leads, by the time they first showed themselves.
 * @throws Forbidden, also when a name or number is asked for without the right to see them; MalformedCursor
 */
export function listLeads(
  { db }: { db: Db },
  viewer: Viewer,
  want: { filter: LeadFilter; direction: Direction; limit: number; after: RowKey | null },
): Promise<LeadRow[]> {
  authorizeList(viewer, want.filter);
  const after = whereAfter('createdAt', want.direction, want.after, readDate);
  return db.prisma.lead.findMany({
    where: { AND: [visible(viewer), matching(want.filter), { mergedIntoId: null }, after] },
    orderBy: orderByKey('createdAt', want.direction),
    take: want.limit,
    select: LEAD_COLUMNS,
  });
}

/** How many leads the filter leaves, counted up to `cap`. Throws Forbidden. */
export function countLeads(
  { db }: { db: Db },
  viewer: Viewer,
  filter: LeadFilter,
  cap: number,
): Promise<number> {
  authorizeList(viewer, filter);
  return db.prisma.lead.count({
    where: { AND: [visible(viewer), matching(filter), { mergedIntoId: null }] },
    take: cap,
  });
}

/** The leads with these ids that the viewer may see, in any order. */
export async function findLeads(
  { db }: { db: Db },
  viewer: Viewer,
  ids: readonly string[],
): Promise<LeadRow[]> {
  if (!may(viewer, 'leads.read')) return [];
  return db.prisma.lead.findMany({
    where: { AND: [visible(viewer), { id: { in: [...ids] } }] },
    select: LEAD_COLUMNS,
  });
}

/** What each of these leads is known by, in the order of the ids; by one query. The ids are of leads that were read. */
export async function identitiesOf(
  { db }: { db: Db },
  viewer: Viewer,
  kind: LeadIdentityKind,
  leadIds: readonly string[],
): Promise<string[][]> {
  const rows = await db.prisma.leadIdentity.findMany({
    where: { accountId: viewer.accountId, kind, leadId: { in: [...leadIds] } },
    orderBy: { value: 'asc' },
    select: { leadId: true, value: true },
  });
  return leadIds.map((id) => rows.filter((row) => row.leadId === id).map(({ value }) => value));
}

function authorizeList(viewer: Viewer, { name, phoneNumber }: LeadFilter): void {
  authorize(viewer, 'leads.read');
  // whoever sees masks only could otherwise guess what is under them
  if (name || phoneNumber) authorize(viewer, 'personal.read');
}

function visible({ accountId, companyIds }: Viewer) {
  return { accountId, ...(companyIds && { companyId: { in: [...companyIds] } }) };
}

function matching(filter: LeadFilter): Prisma.LeadWhereInput {
  const { companyIds, statuses, assigneeIds, phoneNumber, name, createdFrom, createdBefore } =
    filter;
  return {
    ...(companyIds && { companyId: { in: [...companyIds] } }),
    ...(statuses && { status: { in: [...statuses] } }),
    ...(assigneeIds && { assigneeId: { in: [...assigneeIds] } }),
    ...(phoneNumber && { identities: { some: { kind: 'PHONE' as const, value: phoneNumber } } }),
    ...(name && { name: { contains: name, mode: 'insensitive' as const } }),
    createdAt: {
      ...(createdFrom && { gte: createdFrom }),
      ...(createdBefore && { lt: createdBefore }),
    },
  };
}
