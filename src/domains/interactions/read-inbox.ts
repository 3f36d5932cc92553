// Reads the inbox: the interactions that a viewer may see by where they stand, and how many there are.
import { authorize } from '#domains/accounts/index.ts';
import type { InboxState } from '#generated/prisma/enums.ts';
import { type Db, type SqlPart, sqlPart, tenantSql } from '#platform/db/index.ts';
import type { RowKey } from '#values/cursor.ts';
import type { Direction } from '#values/keyset.ts';
import type { Viewer } from '#values/viewer.ts';
import { channelsOf } from './channels.ts';
import { pageOfInteractions } from './page-of-interactions.ts';
import type { Entry } from './read-interactions.ts';
import { type InboxRow, readInbox, readReads } from './store-inbox.ts';

/** Which interactions; absent and null fields leave all. */
export interface InboxFilter {
  companyIds?: readonly string[] | null | undefined;
  states?: readonly InboxState[] | null | undefined;
  assigneeIds?: readonly string[] | null | undefined;
  /** true = handed to nobody */
  isUnassigned?: boolean | null | undefined;
  /** by the asking person */
  isUnread?: boolean | null | undefined;
  /** nobody answered in time */
  isOverdue?: boolean | null | undefined;
}

/**
 * One page of the inbox by the time at which the interactions began.
 * @throws Forbidden without the right to read any channel; MalformedCursor
 */
export async function listInbox(
  { db }: { db: Db },
  viewer: Viewer,
  want: {
    filter: InboxFilter;
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
     where i.account_id = ${sql.account} and ${wanted(viewer, want.filter, want.now)} and ${beyond}
     order by ${order} limit ${want.limit}::int`.rows<Omit<Entry, 'leadId'>>(db.pool);
}

/** How many interactions the filter leaves, counted up to `cap`. Throws Forbidden. */
export async function countInbox(
  { db }: { db: Db },
  viewer: Viewer,
  { filter, now }: { filter: InboxFilter; now: Date },
  cap: number,
): Promise<number> {
  authorize(viewer, 'inbox.read');
  const sql = tenantSql(viewer.accountId);
  const [row] = await sql`
    select count(*)::int as count from (
      select 1 from interaction i
       where i.account_id = ${sql.account} and ${wanted(viewer, filter, now)} limit ${cap}::int) counted`.rows<{
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

function wanted(viewer: Viewer, filter: InboxFilter, now: Date): SqlPart {
  const { companyIds, states, assigneeIds, isUnassigned, isUnread, isOverdue } = filter;
  const { actor } = viewer;
  const kinds = channelsOf(viewer);
  const all = sqlPart`true`;
  const seen = viewer.companyIds ? sqlPart`i.company_id = any(${viewer.companyIds}::uuid[])` : all;
  const ofCompanies = companyIds ? sqlPart`i.company_id = any(${companyIds}::uuid[])` : all;
  // spelt out, so that the index of those still to be done serves
  const open = states && !states.includes('REVIEWED') ? sqlPart`i.inbox_state <> 'REVIEWED'` : all;
  const inStates = states ? sqlPart`i.inbox_state = any(${states}::inbox_state[])` : all;
  const ofAssignees = assigneeIds ? sqlPart`i.assignee_id = any(${assigneeIds}::uuid[])` : all;
  const assigned =
    isUnassigned == null
      ? all
      : isUnassigned
        ? sqlPart`i.assignee_id is null`
        : sqlPart`i.assignee_id is not null`;
  const late = sqlPart`(i.answered_at is null and i.answer_due_at <= ${now}::timestamptz)`;
  const overdue = isOverdue == null ? all : isOverdue ? late : sqlPart`${late} is not true`;
  const read = sqlPart`exists (select 1 from interaction_read r
    where r.account_id = i.account_id and r.interaction_id = i.id
      and r.user_id = ${actor.kind === 'user' ? actor.id : null}::uuid)`;
  const unread = isUnread == null ? all : isUnread ? sqlPart`not ${read}` : read;
  return sqlPart`i.kind = any(${kinds}::interaction_kind[]) and ${seen} and ${ofCompanies} and ${open}
    and ${inStates} and ${ofAssignees} and ${assigned} and ${overdue} and ${unread}`;
}
