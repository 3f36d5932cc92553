// Reads consents and their entries: those of the viewer's account and companies.
import { authorize, may } from '#domains/accounts/index.ts';
import type { ConsentEntry, Prisma } from '#generated/prisma/client.ts';
import type { Db } from '#platform/db/index.ts';
import type { RowKey } from '#values/cursor.ts';
import { type Direction, orderByKey, readDate, whereAfter } from '#values/keyset.ts';
import type { Viewer } from '#values/viewer.ts';
import type { ConsentRow } from './store.ts';

/** Which consents; absent and null fields leave all. */
export interface ConsentFilter {
  companyIds?: readonly string[] | null | undefined;
  /** E.164 */
  phoneNumber?: string | null | undefined;
  isOptedOut?: boolean | null | undefined;
  awaitsReview?: boolean | null | undefined;
}

/** One page of consents, by the time of their last entry. Throws Forbidden; MalformedCursor. */
export function listConsents(
  { db }: { db: Db },
  viewer: Viewer,
  want: { filter: ConsentFilter; direction: Direction; limit: number; after: RowKey | null },
): Promise<ConsentRow[]> {
  authorizeList(viewer, want.filter);
  const after = whereAfter('changedAt', want.direction, want.after, readDate);
  return db.prisma.consent.findMany({
    where: { AND: [visible(viewer), ...matching(db, want.filter), after] },
    orderBy: orderByKey('changedAt', want.direction),
    take: want.limit,
  });
}

/** How many consents the filter leaves, counted up to `cap`. Throws Forbidden. */
export function countConsents(
  { db }: { db: Db },
  viewer: Viewer,
  filter: ConsentFilter,
  cap: number,
): Promise<number> {
  authorizeList(viewer, filter);
  return db.prisma.consent.count({
    where: { AND: [visible(viewer), ...matching(db, filter)] },
    take: cap,
  });
}

/** The consents with these ids that the viewer may see, in any order. */
export async function findConsents(
  { db }: { db: Db },
  viewer: Viewer,
  ids: readonly string[],
): Promise<ConsentRow[]> {
  if (!may(viewer, 'consent.read')) return [];
  return db.prisma.consent.findMany({
    where: { AND: [visible(viewer), { id: { in: [...ids] } }] },
  });
}

/** The consents of each of these leads, in the order of the ids; none without the right. The leads were read before. */
export async function consentsOfLeads(
  { db }: { db: Db },
  viewer: Viewer,
  leadIds: readonly string[],
): Promise<ConsentRow[][]> {
  if (!may(viewer, 'consent.read')) return leadIds.map(() => []);
  const { accountId } = viewer;
  const known = await db.prisma.leadIdentity.findMany({
    where: { accountId, kind: 'PHONE', leadId: { in: [...leadIds] } },
    select: { leadId: true, companyId: true, value: true },
  });
  const rows = await db.prisma.consent.findMany({
    where: { AND: [visible(viewer), { number: { in: known.map(({ value }) => value) } }] },
    orderBy: { number: 'asc' },
  });
  const isOf = (row: ConsentRow, leadId: string) =>
    known.some(
      (one) => one.leadId === leadId && one.companyId === row.companyId && one.value === row.number,
    );
  return leadIds.map((leadId) => rows.filter((row) => isOf(row, leadId)));
}

/** One page of a consent's entries, the latest said first. The consent was read before. */
export function listEntries(
  { db }: { db: Db },
  accountId: string,
  consentId: string,
  want: { limit: number; after: RowKey | null },
): Promise<ConsentEntry[]> {
  return db.prisma.consentEntry.findMany({
    where: { AND: [{ accountId, consentId }, whereAfter('at', 'desc', want.after, readDate)] },
    orderBy: orderByKey('at', 'desc'),
    take: want.limit,
  });
}

/** How many entries a consent has, counted up to `cap`. */
export function countEntries(
  { db }: { db: Db },
  accountId: string,
  consentId: string,
  cap: number,
): Promise<number> {
  return db.prisma.consentEntry.count({ where: { accountId, consentId }, take: cap });
}

/** These entries, in the order of the ids; null for one that is not there. Their consents were read before. */
export async function findEntries(
  { db }: { db: Db },
  accountId: string,
  ids: readonly string[],
): Promise<(ConsentEntry | null)[]> {
  const rows = await db.prisma.consentEntry.findMany({
    where: { accountId, id: { in: [...ids] } },
  });
  return ids.map((id) => rows.find((row) => row.id === id) ?? null);
}

function authorizeList(viewer: Viewer, { phoneNumber }: ConsentFilter): void {
  authorize(viewer, 'consent.read');
  // whoever sees masks only could otherwise guess what is under them
  if (phoneNumber) authorize(viewer, 'personal.read');
}

function visible({ accountId, companyIds }: Viewer) {
  return { accountId, ...(companyIds && { companyId: { in: [...companyIds] } }) };
}

/** The rules of the machine, as conditions. */
function matching(
  { prisma }: Db,
  { companyIds, phoneNumber, isOptedOut, awaitsReview }: ConsentFilter,
): Prisma.ConsentWhereInput[] {
  const { optedOutAt, requestedAt } = prisma.consent.fields;
  const isOut: Prisma.ConsentWhereInput = {
    optedOutAt: { not: null },
    OR: [{ optedInAt: null }, { optedInAt: { lte: optedOutAt } }],
  };
  const waits: Prisma.ConsentWhereInput = {
    requestId: { not: null },
    NOT: isOut,
    OR: [{ optedInAt: null }, { optedInAt: { lte: requestedAt } }],
  };
  return [
    ...(companyIds ? [{ companyId: { in: [...companyIds] } }] : []),
    ...(phoneNumber ? [{ number: phoneNumber }] : []),
    ...(isOptedOut == null ? [] : [isOptedOut ? isOut : { NOT: isOut }]),
    ...(awaitsReview == null ? [] : [awaitsReview ? waits : { NOT: waits }]),
  ];
}
