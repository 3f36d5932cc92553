// Reads of messages of chats: by id, and those of many chats at once.
import { may } from '#domains/accounts/index.ts';
import type { ChatAuthor } from '#generated/prisma/enums.ts';
import { type Db, sqlPart, tenantSql } from '#platform/db/index.ts';
import { MalformedCursor, type RowKey } from '#values/cursor.ts';
import { seesCompany, type Viewer } from '#values/viewer.ts';

/** A message as it is shown. */
export interface ShownChatMessage {
  accountId: string;
  id: string;
  chatId: string;
  companyId: string;
  seq: number;
  author: ChatAuthor;
  agentId: string | null;
  sentBy: string | null;
  text: string;
  at: Date;
  /** whether the other side has read it; of the system's: the visitor */
  isRead: boolean;
}

const COLUMNS = sqlPart`m.account_id as "accountId", m.id, m.chat_id as "chatId", c.company_id as "companyId",
  m.seq, m.author, m.agent_id as "agentId", m.sent_by as "sentBy", m.text, m.sent_at as at,
  m.seq <= case m.author when 'VISITOR' then c.agent_read_seq else c.visitor_read_seq end as "isRead"`;
const TABLES = sqlPart`chat_message m
  join chat c on c.account_id = m.account_id and c.id = m.chat_id`;

/** The messages under these ids that the viewer may see, in any order. */
export async function findChatMessages(
  { pool }: Pick<Db, 'pool'>,
  viewer: Viewer,
  ids: readonly string[],
): Promise<ShownChatMessage[]> {
  if (!may(viewer, 'chats.read')) return [];
  const sql = tenantSql(viewer.accountId);
  const rows = await sql`select ${COLUMNS} from ${TABLES}
    where m.account_id = ${sql.account} and m.id = any(${ids}::uuid[])`.rows<ShownChatMessage>(
    pool,
  );
  return rows.filter(({ companyId }) => seesCompany(viewer, companyId));
}

/**
 * The newest messages of each of these chats behind a place, in the order of the ids; by one statement. The ids are of rows
 * that the viewer was shown.
 * @param page.after its value is the number of a message: times may be equal
 * @param page.limit at most so many of each chat
 * @throws MalformedCursor
 */
export async function chatMessagesOf(
  { pool }: Pick<Db, 'pool'>,
  viewer: Viewer,
  chatIds: readonly string[],
  { limit, after }: { limit: number; after: RowKey | null },
): Promise<ShownChatMessage[][]> {
  const sql = tenantSql(viewer.accountId);
  const beyond = after ? sqlPart`m.seq < ${readSeq(after)}::int` : sqlPart`true`;
  const rows = await sql`
    select e.* from unnest(${chatIds}::uuid[]) as wanted(id)
     cross join lateral (
       select ${COLUMNS} from ${TABLES}
        where m.account_id = ${sql.account} and m.chat_id = wanted.id and ${beyond}
        order by m.seq desc limit ${limit}) e`.rows<ShownChatMessage>(pool);
  const byId = Map.groupBy(rows, ({ chatId }) => chatId);
  return chatIds.map((id) => byId.get(id) ?? []);
}

function readSeq({ value }: RowKey): number {
  if (!/^\d{1,9}$/.test(value)) throw new MalformedCursor();
  return Number(value);
}

/** How many messages a chat has, counted up to `cap`. */
export function countChatMessages(
  { prisma }: Pick<Db, 'prisma'>,
  { accountId }: Viewer,
  chatId: string,
  cap: number,
): Promise<number> {
  return prisma.chatMessage.count({ where: { accountId, chatId }, take: cap });
}
