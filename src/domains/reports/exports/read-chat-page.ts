// Chats of a company for an export, in the order in which they were opened.
import { type Db, tenantSql } from '#platform/db/index.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import type { Viewer } from '#values/viewer.ts';
import { interactionsOf, pageOf, shownTo } from './page.ts';
import { SHARED_COLUMNS, type SharedRow, sharedOf, toShared } from './shared-columns.ts';
import type { PageWish } from './sheets.ts';

const columns = [
  'id',
  'company',
  'openedAt',
  'endedAt',
  'state',
  'visitorName',
  'visitorEmail',
  'visitorPhone',
  'pageUrl',
  'messages',
  'lastMessageAt',
  ...SHARED_COLUMNS,
] as const;

interface Row extends SharedRow {
  company: string;
  endedAt: Date | null;
  state: string;
  visitorName: string | null;
  visitorEmail: string | null;
  visitorPhone: string | null;
  pageUrl: string;
  messages: number;
  lastMessageAt: Date;
}

async function read({ pool }: Db, viewer: Viewer, wish: PageWish) {
  const sql = tenantSql(viewer.accountId);
  const shared = sharedOf(sql);
  const rows = await sql`
    select co.name as company, c.ended_at as "endedAt", c.state,
           nullif(c.visitor_name, '') as "visitorName",
           nullif(c.visitor_email, '') as "visitorEmail",
           nullif(c.visitor_phone, '') as "visitorPhone", c.page_url as "pageUrl",
           c.last_seq as messages, c.last_message_at as "lastMessageAt", ${shared.columns},
           ${shared.tags}
      from interaction i
      join chat c on c.account_id = i.account_id and c.id = i.id
      join company co on co.account_id = i.account_id and co.id = i.company_id
      ${shared.joins}
     where i.account_id = ${sql.account} and ${interactionsOf(wish, ['CHAT'])}`.rows<Row>(pool);
  const shown = shownTo(viewer, wish.companyId);
  return pageOf(rows, wish.limit, (row) => [
    {
      id: encodeGlobalId('ChatConversation', row.id),
      company: row.company,
      openedAt: row.at,
      endedAt: row.endedAt,
      state: row.state,
      visitorName: shown.name(row.visitorName),
      visitorEmail: shown.email(row.visitorEmail),
      visitorPhone: shown.number(row.visitorPhone),
      pageUrl: shown.address(row.pageUrl),
      messages: row.messages,
      lastMessageAt: row.lastMessageAt,
      ...toShared(row, shown),
    },
  ]);
}

/** The columns of chats, and how a page of them is read. */
export const readChatPage = { columns, read };
