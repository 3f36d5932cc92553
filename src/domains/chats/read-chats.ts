// Reads of chats: by id for nodes and relations, and the hot list, one statement over the shared row and the chat.
import { authorize, may } from '#domains/accounts/index.ts';
import {
  type InteractionFilter,
  interactionsThatFit,
  pageOfInteractions,
} from '#domains/interactions/index.ts';
import type { ChatState, LeadStatus } from '#generated/prisma/enums.ts';
import { type Db, type SqlPart, sqlPart, tenantSql } from '#platform/db/index.ts';
import type { RowKey } from '#values/cursor.ts';
import type { Direction } from '#values/keyset.ts';
import { seesCompany, type Viewer } from '#values/viewer.ts';

/** A chat as it is shown, with what it shares with other interactions. */
export interface ShownChat {
  id: string;
  companyId: string;
  leadId: string | null;
  sourceId: string | null;
  state: ChatState;
  sessionId: string | null;
  pageUrl: string;
  visitorName: string;
  visitorEmail: string;
  visitorPhone: string;
  agentId: string | null;
  endedAt: Date | null;
  lastMessageAt: Date;
  lastSeq: number;
  visitorReadSeq: number;
  agentReadSeq: number;
  occurredAt: Date;
  valueCents: bigint | null;
  leadStatus: LeadStatus;
  note: string | null;
  version: number;
}

/** Which chats; absent = all. Lists are ORs, fields are ANDs. */
export interface ChatFilter extends InteractionFilter {
  sessionIds?: readonly string[] | null | undefined;
  states?: readonly ChatState[] | null | undefined;
  /** with messages of visitors that the company has not read */
  isUnread?: boolean | null | undefined;
  /** inclusive */
  lastMessageFrom?: Date | null | undefined;
  /** exclusive */
  lastMessageBefore?: Date | null | undefined;
}

const COLUMNS = sqlPart`c.id, c.company_id as "companyId", c.state, c.session_id as "sessionId",
  c.page_url as "pageUrl", c.visitor_name as "visitorName", c.visitor_email as "visitorEmail",
  c.visitor_phone as "visitorPhone", c.agent_id as "agentId", c.ended_at as "endedAt",
  c.last_message_at as "lastMessageAt", c.last_seq as "lastSeq",
  c.visitor_read_seq as "visitorReadSeq", c.agent_read_seq as "agentReadSeq",
  i.lead_id as "leadId", i.source_id as "sourceId", i.occurred_at as "occurredAt",
  i.value_cents as "valueCents", i.lead_status as "leadStatus", i.note, i.version`;
const TABLES = sqlPart`chat c
  join interaction i on i.account_id = c.account_id and i.id = c.id`;
/** lists go by the newest message */
const PLACE = { at: sqlPart`c.last_message_at`, id: sqlPart`c.id` };

/** The chats under these ids that the viewer may see, in any order. */
export async function findChats(
  { pool }: Pick<Db, 'pool'>,
  viewer: Viewer,
  ids: readonly string[],
): Promise<ShownChat[]> {
  if (!may(viewer, 'chats.read')) return [];
  const sql = tenantSql(viewer.accountId);
  const rows = await sql`select ${COLUMNS} from ${TABLES}
    where c.account_id = ${sql.account} and c.id = any(${ids}::uuid[])`.rows<StoredRow>(pool);
  return rows.map(toChat).filter((row) => seesCompany(viewer, row.companyId));
}

/** One page of chats by their newest message. Throws Forbidden; MalformedCursor. */
export async function listChats(
  { pool }: Pick<Db, 'pool'>,
  viewer: Viewer,
  filter: ChatFilter,
  page: { limit: number; after: RowKey | null; direction: Direction },
): Promise<ShownChat[]> {
  authorize(viewer, 'chats.read');
  const sql = tenantSql(viewer.accountId);
  const { limit } = page;
  const { beyond, order } = pageOfInteractions(page, PLACE);
  const rows = await sql`select ${COLUMNS} from ${TABLES}
    where c.account_id = ${sql.account} and ${matches(viewer, filter)} and ${beyond}
    order by ${order} limit ${limit}`.rows<StoredRow>(pool);
  return rows.map(toChat);
}

/** How many chats a filter has, never counting past `cap`. Throws Forbidden. */
export async function countChats(
  { pool }: Pick<Db, 'pool'>,
  viewer: Viewer,
  filter: ChatFilter,
  cap: number,
): Promise<number> {
  authorize(viewer, 'chats.read');
  const sql = tenantSql(viewer.accountId);
  const [row] = await sql`select count(*)::int as n from (
      select 1 from ${TABLES} where c.account_id = ${sql.account}
         and ${matches(viewer, filter)} limit ${cap}) counted`.rows<{ n: number }>(pool);
  return row?.n ?? 0;
}

/** The conditions of a filter, kept to the viewer's companies. */
function matches(viewer: Viewer, filter: ChatFilter): SqlPart {
  const own = [
    filter.sessionIds && sqlPart`c.session_id = any(${filter.sessionIds}::uuid[])`,
    filter.states && sqlPart`c.state = any(${filter.states}::chat_state[])`,
    filter.isUnread != null &&
      (filter.isUnread
        ? sqlPart`c.agent_read_seq < c.last_seq`
        : sqlPart`c.agent_read_seq >= c.last_seq`),
    filter.lastMessageFrom && sqlPart`c.last_message_at >= ${filter.lastMessageFrom}::timestamptz`,
    filter.lastMessageBefore &&
      sqlPart`c.last_message_at < ${filter.lastMessageBefore}::timestamptz`,
  ];
  return interactionsThatFit(viewer, filter, own, sqlPart`c.company_id`);
}

type StoredRow = Omit<ShownChat, 'valueCents'> & { valueCents: string | null };

function toChat(row: StoredRow): ShownChat {
  return { ...row, valueCents: row.valueCents === null ? null : BigInt(row.valueCents) };
}
