// Texts of a company for an export, conversation by conversation. One that goes on over many pages is taken up again behind
// its last text.
import { type Db, sqlPart, tenantSql } from '#platform/db/index.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import type { Viewer } from '#values/viewer.ts';
import { fromPlace, linesWithin, shownTo } from './page.ts';
import type { PageWish } from './sheets.ts';

const columns = [
  'id',
  'conversationId',
  'company',
  'at',
  'direction',
  'kind',
  'state',
  'from',
  'to',
  'text',
  'files',
  'segments',
  'failure',
  'sentAt',
  'deliveredAt',
] as const;

interface Row {
  id: string;
  ofId: string;
  began: Date;
  company: string;
  at: Date;
  direction: 'INBOUND' | 'OUTBOUND';
  kind: string;
  state: string;
  ownNumber: string;
  customerNumber: string;
  text: string;
  files: number;
  segments: number | null;
  failure: string | null;
  sentAt: Date | null;
  deliveredAt: Date | null;
}

async function read({ pool }: Db, viewer: Viewer, wish: PageWish) {
  const { companyId, from, before, after, limit } = wish;
  const sql = tenantSql(viewer.accountId);
  const beyond = after
    ? sqlPart`(i.id <> ${after.id}::uuid or (n.at, n.id) > (
        select w.at, w.id from message w
         where w.account_id = ${sql.account} and w.id = ${after.within}::uuid))`
    : sqlPart`true`;
  const rows = await sql`
    select m.id, i.id as "ofId", i.occurred_at as began, co.name as company, m.at, m.direction,
           m.kind, case m.state when 'SENDING' then 'QUEUED' else m.state::text end as state,
           m.own_number as "ownNumber", c.customer_number as "customerNumber", m.text,
           (select count(*)::int from message_media f
             where f.account_id = ${sql.account} and f.message_id = m.id) as files,
           m.segments, m.failure, m.sent_at as "sentAt", m.delivered_at as "deliveredAt"
      from interaction i
      join conversation c on c.account_id = i.account_id and c.id = i.id
      join company co on co.account_id = i.account_id and co.id = i.company_id
     cross join lateral (
       select n.* from message n
        where n.account_id = ${sql.account} and n.conversation_id = i.id
          and n.at >= ${from}::timestamptz and n.at < ${before}::timestamptz
          and n.state <> 'QUEUED' and ${beyond}
        order by n.at, n.id limit ${limit}::int) m
     where i.account_id = ${sql.account} and i.company_id = ${companyId}::uuid
       and i.kind = 'CONVERSATION' and i.occurred_at < ${before}::timestamptz
       and c.last_message_at >= ${from}::timestamptz
       and ${fromPlace(wish, sqlPart`i.occurred_at`, sqlPart`i.id`)}
     order by i.occurred_at, i.id, m.at, m.id limit ${limit}::int`.rows<Row>(pool);
  const shown = shownTo(viewer, companyId);
  return linesWithin(rows, limit, ({ ofId, began: _, ownNumber, customerNumber, ...row }) => {
    const theirs = shown.number(customerNumber);
    const isInbound = row.direction === 'INBOUND';
    return {
      ...row,
      id: encodeGlobalId('Message', row.id),
      conversationId: encodeGlobalId('Conversation', ofId),
      from: isInbound ? theirs : ownNumber,
      to: isInbound ? ownNumber : theirs,
      text: shown.words(row.text),
    };
  });
}

/** The columns of texts, and how a page of them is read. */
export const readMessagePage = { columns, read };
