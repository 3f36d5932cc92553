// A chat as its visitor is shown it. The caller has seen the visitor's token.
import type { ChatAuthor, ChatState } from '#generated/prisma/enums.ts';
import { type SqlPart, type SqlTx, sqlPart, tenantSql } from '#platform/db/index.ts';

/** How a chat stands. */
export interface ShownState {
  state: ChatState;
  lastSeq: number;
  /** up to which message the company has read */
  agentReadSeq: number;
  visitorReadSeq: number;
}

/** A message as its visitor is shown it. */
export interface ShownToVisitor {
  /** in the chat, from 1 without a gap */
  seq: number;
  /** as the sender named it; the message's own for those that the visitor did not send */
  id: string;
  author: ChatAuthor;
  /** of an agent: what they are called, as far as the first space */
  name: string | null;
  text: string;
  files: VisitorFile[];
  at: Date;
}

/** A file as a visitor is shown it. */
interface VisitorFile {
  id: string;
  name: string;
  sizeBytes: number;
  /** under the server, good for a day */
  path: string;
}

/** How it stands; null when it is gone. */
export async function stateForVisitor(
  tx: SqlTx,
  accountId: string,
  chatId: string,
): Promise<ShownState | null> {
  const sql = tenantSql(accountId);
  const [row] = await sql`
    select state, last_seq as "lastSeq", agent_read_seq as "agentReadSeq", visitor_read_seq as "visitorReadSeq"
      from chat where account_id = ${sql.account} and id = ${chatId}::uuid`.rows<ShownState>(tx);
  return row ?? null;
}

type TenantSql = ReturnType<typeof tenantSql>;
type StoredForVisitor = Omit<ShownToVisitor, 'files'> & { files: Omit<VisitorFile, 'path'>[] };

/** The caller's condition stands on `m`. */
const messagesWhere = (sql: TenantSql, which: SqlPart, order: SqlPart, limit: number) => sql`
    select m.seq, coalesce(m.client_id, m.id) as id, m.author, split_part(u.name, ' ', 1) as name, m.text, m.sent_at as at,
           coalesce((select jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name, 'sizeBytes', f.size_bytes) order by f.n)
                       from chat_file f where f.account_id = ${sql.account} and f.message_id = m.id), '[]') as files
      from chat_message m
      left join agent a on a.account_id = m.account_id and a.id = m.agent_id
      left join app_user u on u.id = a.user_id
     where m.account_id = ${sql.account} and ${which}
     order by ${order} limit ${limit}::int`;

/**
 * Its messages behind a number, in their order, at most `limit`.
 * @param pathOf the path of a link to a file
 */
export async function messagesForVisitor(
  tx: SqlTx,
  accountId: string,
  chatId: string,
  { after, limit }: { after: number; limit: number },
  pathOf: (fileId: string) => string,
): Promise<ShownToVisitor[]> {
  const which = sqlPart`m.chat_id = ${chatId}::uuid and m.seq > ${after}::int`;
  const asked = messagesWhere(tenantSql(accountId), which, sqlPart`m.seq`, limit);
  const rows = await asked.rows<StoredForVisitor>(tx);
  return rows.map((row) => ({
    ...row,
    files: row.files.map((file) => ({ ...file, path: pathOf(file.id) })),
  }));
}

/** Its newest messages, in their order, at most `limit`. */
export async function readNewest(
  tx: SqlTx,
  accountId: string,
  chatId: string,
  limit: number,
): Promise<StoredForVisitor[]> {
  const which = sqlPart`m.chat_id = ${chatId}::uuid`;
  const asked = messagesWhere(tenantSql(accountId), which, sqlPart`m.seq desc`, limit);
  return (await asked.rows<StoredForVisitor>(tx)).reverse();
}
