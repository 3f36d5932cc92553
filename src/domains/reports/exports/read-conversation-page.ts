// Conversations by text of a company for an export, in the order in which they began.
import { type Db, tenantSql } from '#platform/db/index.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import type { Viewer } from '#values/viewer.ts';
import { interactionsOf, pageOf, shownTo } from './page.ts';
import { SHARED_COLUMNS, type SharedRow, sharedOf, toShared } from './shared-columns.ts';
import type { PageWish } from './sheets.ts';

const columns = [
  'id',
  'company',
  'startedAt',
  'startedBy',
  'customerNumber',
  'phoneNumber',
  'tracker',
  'state',
  'received',
  'sent',
  'lastMessageAt',
  ...SHARED_COLUMNS,
] as const;

interface Row extends SharedRow {
  company: string;
  startedBy: string;
  customerNumber: string;
  phoneNumber: string;
  tracker: string | null;
  state: string;
  received: number;
  sent: number;
  lastMessageAt: Date;
}

async function read({ pool }: Db, viewer: Viewer, wish: PageWish) {
  const sql = tenantSql(viewer.accountId);
  const shared = sharedOf(sql);
  const rows = await sql`
    select co.name as company, c.started_by as "startedBy", c.customer_number as "customerNumber",
           c.current_number as "phoneNumber", t.name as tracker, i.inbox_state as state,
           told.received, told.sent, c.last_message_at as "lastMessageAt", ${shared.columns},
           ${shared.tags}
      from interaction i
      join conversation c on c.account_id = i.account_id and c.id = i.id
      join company co on co.account_id = i.account_id and co.id = i.company_id
      left join tracker t on t.account_id = c.account_id and t.id = c.current_tracker_id
     cross join lateral (
       select count(*) filter (where m.direction = 'INBOUND')::int as received,
              count(*) filter (where m.state in ('SENT', 'DELIVERED'))::int as sent
         from message m
        where m.account_id = ${sql.account} and m.conversation_id = c.id) told
      ${shared.joins}
     where i.account_id = ${sql.account} and ${interactionsOf(wish, ['CONVERSATION'])}`.rows<Row>(
    pool,
  );
  const shown = shownTo(viewer, wish.companyId);
  return pageOf(rows, wish.limit, (row) => [
    {
      id: encodeGlobalId('Conversation', row.id),
      company: row.company,
      startedAt: row.at,
      startedBy: row.startedBy,
      customerNumber: shown.number(row.customerNumber),
      phoneNumber: row.phoneNumber,
      tracker: shown.seesTrackers ? row.tracker : null,
      state: row.state,
      received: row.received,
      sent: row.sent,
      lastMessageAt: row.lastMessageAt,
      ...toShared(row, shown),
    },
  ]);
}

/** The columns of conversations, and how a page of them is read. */
export const readConversationPage = { columns, read };
