// What was written in chats of a company for an export, chat by chat. One that goes on over many pages is taken up again
// behind its last message.
import { type Db, sqlPart, tenantSql } from '#platform/db/index.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import type { Viewer } from '#values/viewer.ts';
import { fromPlace, linesWithin, shownTo } from './page.ts';
import type { PageWish } from './sheets.ts';

const columns = ['id', 'chatId', 'company', 'seq', 'at', 'author', 'text', 'files'] as const;

interface Row {
  id: string;
  ofId: string;
  began: Date;
  company: string;
  seq: number;
  at: Date;
  author: string;
  text: string;
  files: number;
}

async function read({ pool }: Db, viewer: Viewer, wish: PageWish) {
  const { companyId, from, before, after, limit } = wish;
  const sql = tenantSql(viewer.accountId);
  const beyond = after
    ? sqlPart`(i.id <> ${after.id}::uuid or n.seq > (
        select w.seq from chat_message w
         where w.account_id = ${sql.account} and w.id = ${after.within}::uuid))`
    : sqlPart`true`;
  const rows = await sql`
    select m.id, i.id as "ofId", i.occurred_at as began, co.name as company, m.seq, m.sent_at as at,
           m.author, m.text,
           (select count(*)::int from chat_file f
             where f.account_id = ${sql.account} and f.message_id = m.id) as files
      from interaction i
      join company co on co.account_id = i.account_id and co.id = i.company_id
     cross join lateral (
       select n.* from chat_message n
        where n.account_id = ${sql.account} and n.chat_id = i.id and ${beyond}
        order by n.seq limit ${limit}::int) m
     where i.account_id = ${sql.account} and i.company_id = ${companyId}::uuid and i.kind = 'CHAT'
       and i.occurred_at >= ${from}::timestamptz and i.occurred_at < ${before}::timestamptz
       and ${fromPlace(wish, sqlPart`i.occurred_at`, sqlPart`i.id`)}
     order by i.occurred_at, i.id, m.seq limit ${limit}::int`.rows<Row>(pool);
  const shown = shownTo(viewer, companyId);
  return linesWithin(rows, limit, ({ ofId, began: _, ...row }) => ({
    ...row,
    id: encodeGlobalId('ChatMessage', row.id),
    chatId: encodeGlobalId('ChatConversation', ofId),
    text: shown.words(row.text),
  }));
}

/** The columns of messages of chats, and how a page of them is read. */
export const readChatMessagePage = { columns, read };
