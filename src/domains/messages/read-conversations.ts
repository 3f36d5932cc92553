// Reads of conversations: by id for nodes and relations, and the hot list, one statement over the shared row and the
// conversation.
import { authorize, may } from '#domains/accounts/index.ts';
import {
  type InteractionFilter,
  interactionsThatFit,
  pageOfInteractions,
  tellTrackers,
} from '#domains/interactions/index.ts';
import type { InboxState, LeadStatus } from '#generated/prisma/enums.ts';
import { type Db, type SqlPart, sqlPart, tenantSql } from '#platform/db/index.ts';
import type { RowKey } from '#values/cursor.ts';
import type { Direction } from '#values/keyset.ts';
import { seesCompany, type Viewer } from '#values/viewer.ts';

/** A conversation as it is shown, with what it shares with other interactions. */
export interface ConversationRow {
  id: string;
  companyId: string;
  leadId: string | null;
  sourceId: string | null;
  /** E.164; the carrier's word for who has no such number, such as a short code */
  customerNumber: string;
  startedBy: 'INBOUND' | 'OUTBOUND';
  currentNumber: string;
  currentTrackerId: string | null;
  agentId: string | null;
  /** of what their number agreed to; null when nothing was said */
  consentId: string | null;
  lastInboundAt: Date | null;
  lastMessageAt: Date;
  inboxState: InboxState;
  /** the user who takes care of it */
  assigneeId: string | null;
  occurredAt: Date;
  valueCents: bigint | null;
  leadStatus: LeadStatus;
  note: string | null;
  version: number;
}

/** Which conversations; absent = all. Lists are ORs, fields are ANDs. */
export interface ConversationFilter extends InteractionFilter {
  trackerIds?: readonly string[] | null | undefined;
  states?: readonly InboxState[] | null | undefined;
  /** E.164 */
  customerNumbers?: readonly string[] | null | undefined;
  /** inclusive */
  lastMessageFrom?: Date | null | undefined;
  /** exclusive */
  lastMessageBefore?: Date | null | undefined;
}

const COLUMNS = sqlPart`c.id, c.company_id as "companyId", c.customer_number as "customerNumber",
  c.started_by as "startedBy", c.current_number as "currentNumber",
  c.current_tracker_id as "currentTrackerId", c.agent_id as "agentId",
  (select k.id from consent k
    where k.account_id = c.account_id and k.company_id = c.company_id and k.number = c.customer_number) as "consentId",
  c.last_inbound_at as "lastInboundAt", c.last_message_at as "lastMessageAt",
  i.lead_id as "leadId", i.source_id as "sourceId", i.occurred_at as "occurredAt",
  i.inbox_state as "inboxState", i.assignee_id as "assigneeId", i.value_cents as "valueCents",
  i.lead_status as "leadStatus", i.note, i.version`;
const TABLES = sqlPart`conversation c
  join interaction i on i.account_id = c.account_id and i.id = c.id`;
/** lists go by the newest message */
const PLACE = { at: sqlPart`c.last_message_at`, id: sqlPart`c.id` };

/** The conversations under these ids that the viewer may see, in any order. */
export async function findConversations(
  { pool }: Pick<Db, 'pool'>,
  viewer: Viewer,
  ids: readonly string[],
): Promise<ConversationRow[]> {
  if (!may(viewer, 'conversations.read')) return [];
  const sql = tenantSql(viewer.accountId);
  const rows = await sql`select ${COLUMNS} from ${TABLES}
    where c.account_id = ${sql.account} and c.id = any(${ids}::uuid[])`.rows<StoredRow>(pool);
  return rows.map(toConversation).filter((row) => seesCompany(viewer, row.companyId));
}

/** One page of conversations by their last message. Throws Forbidden; MalformedCursor. */
export async function listConversations(
  { pool }: Pick<Db, 'pool'>,
  viewer: Viewer,
  filter: ConversationFilter,
  page: { limit: number; after: RowKey | null; direction: Direction },
): Promise<ConversationRow[]> {
  authorizeList(viewer, filter);
  const sql = tenantSql(viewer.accountId);
  const { limit } = page;
  const { beyond, order } = pageOfInteractions(page, PLACE);
  const rows = await sql`select ${COLUMNS} from ${TABLES}
    where c.account_id = ${sql.account} and ${matches(viewer, filter)} and ${beyond}
    order by ${order} limit ${limit}`.rows<StoredRow>(pool);
  return rows.map(toConversation);
}

/** How many conversations a filter has, never counting past `cap`. Throws Forbidden. */
export async function countConversations(
  { pool }: Pick<Db, 'pool'>,
  viewer: Viewer,
  filter: ConversationFilter,
  cap: number,
): Promise<number> {
  authorizeList(viewer, filter);
  const sql = tenantSql(viewer.accountId);
  const [row] = await sql`select count(*)::int as n from (
      select 1 from ${TABLES} where c.account_id = ${sql.account}
         and ${matches(viewer, filter)} limit ${cap}) counted`.rows<{ n: number }>(pool);
  return row?.n ?? 0;
}

function authorizeList(viewer: Viewer, { customerNumbers }: ConversationFilter): void {
  authorize(viewer, 'conversations.read');
  // whoever sees masks only could otherwise guess what is under them
  if (customerNumbers) authorize(viewer, 'personal.read');
}

/** The conditions of a filter, kept to the viewer's companies. */
function matches(viewer: Viewer, filter: ConversationFilter): SqlPart {
  const own = [
    filter.trackerIds && sqlPart`c.current_tracker_id = any(${filter.trackerIds}::uuid[])`,
    filter.states && sqlPart`i.inbox_state = any(${filter.states}::inbox_state[])`,
    filter.customerNumbers && sqlPart`c.customer_number = any(${filter.customerNumbers}::text[])`,
    filter.lastMessageFrom && sqlPart`c.last_message_at >= ${filter.lastMessageFrom}::timestamptz`,
    filter.lastMessageBefore &&
      sqlPart`c.last_message_at < ${filter.lastMessageBefore}::timestamptz`,
  ];
  return interactionsThatFit(viewer, filter, own, sqlPart`c.company_id`);
}

type StoredRow = Omit<ConversationRow, 'valueCents'> & { valueCents: string | null };

function toConversation(row: StoredRow): ConversationRow {
  return { ...row, valueCents: row.valueCents === null ? null : BigInt(row.valueCents) };
}

tellTrackers(
  'CONVERSATION',
  (
    ids,
  ) => sqlPart`exists (select 1 from conversation c where c.account_id = i.account_id and c.id = i.id
    and c.current_tracker_id = any(${ids}::uuid[]))`,
);
