// Reads the inbox: the interactions that a viewer may see by where they stand, and how many there are.
import { authorize } from '#domains/accounts/index.ts';
import { type Db, tenantSql } from '#platform/db/index.ts';
import type { RowKey } from '#values/cursor.ts';
import type { Direction } from '#values/keyset.ts';
import type { Viewer } from '#values/viewer.ts';
import { type InboxFilter, inboxThatFits } from './inbox-filter.ts';
import { pageOfInteractions } from './page-of-interactions.ts';
import type { Entry } from './read-interactions.ts';
import { type InboxRow, readInbox, readReads } from './store-inbox.ts';

/**
 * One page of the inbox, of what fits all filters, by the time at which the interactions began.
 * @throws Forbidden without the right to read any channel; MalformedCursor
 */
export async function listInbox(
  { db }: { db: Db },
  viewer: Viewer,
  want: {
    filters: readonly InboxFilter[];
    direction: Direction;
    limit: number;
    after: RowKey | null;
    now: Date;
  },
): Promise<Omit<Entry, 'leadId'>[]> {
  authorize(viewer, 'inbox.read');
  const sql = tenantSql(viewer.accountId);
  const { beyond, order } = pageOfInteractions(want);
  return sql`
    select i.id, i.kind, i.occurred_at as "occurredAt" from interaction i
     where i.account_id = ${sql.account} and ${inboxThatFits(viewer, want.filters, want.now)} and ${beyond}
     order by ${order} limit ${want.limit}::int`.rows<Omit<Entry, 'leadId'>>(db.pool);
}

/** How many interactions the filters leave, counted up to `cap`. Throws Forbidden. */
export async function countInbox(
  { db }: { db: Db },
  viewer: Viewer,
  { filters, now }: { filters: readonly InboxFilter[]; now: Date },
  cap: number,
): Promise<number> {
  authorize(viewer, 'inbox.read');
  const sql = tenantSql(viewer.accountId);
  const [row] = await sql`
    select count(*)::int as count from (
      select 1 from interaction i
       where i.account_id = ${sql.account} and ${inboxThatFits(viewer, filters, now)} limit ${cap}::int) counted`.rows<{
    count: number;
  }>(db.pool);
  return row?.count ?? 0;
}

/** Where each of these interactions stands, and whether the asking person has seen it; in the order of the ids. */
export async function placesOf(
  { db }: { db: Db },
  { accountId, actor }: Viewer,
  ids: readonly string[],
): Promise<(InboxRow & { isRead: boolean })[]> {
  const rows = await readInbox(db.prisma, accountId, ids);
  const isPerson = actor.kind === 'user';
  const key = { accountId, userId: actor.id };
  const reads = isPerson ? await readReads(db.pool, key, ids) : new Set<string>();
  const byId = new Map(rows.map((row) => [row.id, { ...row, isRead: reads.has(row.id) }]));
  return ids.map((id) => byId.get(id) as InboxRow & { isRead: boolean });
}
