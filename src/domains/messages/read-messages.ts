// Reads of messages and of what came with them, each for many parents at once.
import { may } from '#domains/accounts/index.ts';
import { type Db, sqlPart, tenantSql } from '#platform/db/index.ts';
import type { RowKey } from '#values/cursor.ts';
import { readDate } from '#values/keyset.ts';
import { seesCompany, type Viewer } from '#values/viewer.ts';
import type { MessageFailure } from './machine-failure.ts';
import type { MediaRow } from './store-media.ts';

/** A message as it is shown. */
export interface ShownMessage {
  id: string;
  conversationId: string;
  companyId: string;
  direction: 'INBOUND' | 'OUTBOUND';
  kind: 'PERSONAL' | 'OPT_OUT_CONFIRMATION' | 'HELP_ANSWER';
  state: 'RECEIVED' | 'QUEUED' | 'SENDING' | 'SENT' | 'DELIVERED' | 'FAILED';
  text: string;
  ownNumber: string;
  customerNumber: string;
  at: Date;
  segments: number | null;
  failure: MessageFailure | null;
  carrierCode: string | null;
  agentId: string | null;
  sentBy: string | null;
  sentAt: Date | null;
  deliveredAt: Date | null;
}

const COLUMNS = sqlPart`m.id, m.conversation_id as "conversationId", c.company_id as "companyId", m.direction,
  m.kind, m.state, m.text, m.own_number as "ownNumber", c.customer_number as "customerNumber", m.at,
  m.segments, m.failure, m.carrier_code as "carrierCode", m.agent_id as "agentId",
  m.sent_by as "sentBy", m.sent_at as "sentAt", m.delivered_at as "deliveredAt"`;
const TABLES = sqlPart`message m
  join conversation c on c.account_id = m.account_id and c.id = m.conversation_id`;

/** The messages under these ids that the viewer may see, in any order. */
export async function findMessages(
  { pool }: Pick<Db, 'pool'>,
  viewer: Viewer,
  ids: readonly string[],
): Promise<ShownMessage[]> {
  if (!may(viewer, 'conversations.read')) return [];
  const sql = tenantSql(viewer.accountId);
  const rows = await sql`select ${COLUMNS} from ${TABLES}
    where m.account_id = ${sql.account} and m.id = any(${ids}::uuid[])`.rows<ShownMessage>(pool);
  return rows.filter(({ companyId }) => seesCompany(viewer, companyId));
}

/**
 * The newest messages of each of these conversations behind a place, in the order of the ids; by one statement. The ids
 * are of rows that the viewer was shown.
 * @param page.limit at most so many of each conversation
 * @throws MalformedCursor
 */
export async function messagesOf(
  { pool }: Pick<Db, 'pool'>,
  viewer: Viewer,
  conversationIds: readonly string[],
  { limit, after }: { limit: number; after: RowKey | null },
): Promise<ShownMessage[][]> {
  const sql = tenantSql(viewer.accountId);
  const beyond = after
    ? sqlPart`(m.at, m.id) < (${readDate(after.value)}::timestamptz, ${after.id}::uuid)`
    : sqlPart`true`;
  const rows = await sql`
    select e.* from unnest(${conversationIds}::uuid[]) as wanted(id)
     cross join lateral (
       select ${COLUMNS} from ${TABLES}
        where m.account_id = ${sql.account} and m.conversation_id = wanted.id and ${beyond}
        order by m.at desc, m.id desc limit ${limit}) e`.rows<ShownMessage>(pool);
  const byId = Map.groupBy(rows, ({ conversationId }) => conversationId);
  return conversationIds.map((id) => byId.get(id) ?? []);
}

/** How many messages a conversation has, counted up to `cap`. */
export function countMessages(
  { prisma }: Pick<Db, 'prisma'>,
  { accountId }: Viewer,
  conversationId: string,
  cap: number,
): Promise<number> {
  return prisma.message.count({ where: { accountId, conversationId }, take: cap });
}

/** What came with each of these messages, in the order of the ids. The ids are of rows that the viewer was shown. */
export async function mediaOf(
  { prisma }: Pick<Db, 'prisma'>,
  { accountId }: Viewer,
  messageIds: readonly string[],
): Promise<MediaRow[][]> {
  const rows = await prisma.messageMedia.findMany({
    where: { accountId, messageId: { in: [...messageIds] } },
    orderBy: { n: 'asc' },
  });
  const byId = Map.groupBy(rows, ({ messageId }) => messageId);
  return messageIds.map((id) => byId.get(id) ?? []);
}

/** A file that lies in our storage, for those who hold a signed link; null while it does not. */
export async function storedMedia(
  { prisma }: Pick<Db, 'prisma'>,
  { accountId, id }: { accountId: string; id: string },
): Promise<{ storageKey: string; contentType: string } | null> {
  const row = await prisma.messageMedia.findUnique({
    where: { accountId_id: { accountId, id } },
    select: { state: true, storageKey: true, contentType: true },
  });
  if (row?.state !== 'READY' || !row.storageKey || !row.contentType) return null;
  return { storageKey: row.storageKey, contentType: row.contentType };
}
