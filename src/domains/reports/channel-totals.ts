// What came in beside calls: forms, conversations and chats out of the sums, and the texts of the range, of which no sums
// are kept, by counting them.
import { authorize, may } from '#domains/accounts/index.ts';
import { type Db, tenantSql } from '#platform/db/index.ts';
import type { Viewer } from '#values/viewer.ts';
import type { Measures } from './measures.ts';
import { momentsOf } from './period.ts';
import { readTotal } from './read-sums.ts';
import { type ReportWish, readScope } from './scope.ts';

export interface ChannelTotals {
  forms: Measures;
  /** that began in the range, as the next ones; null for a viewer who may not read texts */
  conversations: Measures | null;
  /** null for a viewer who may not read chats */
  chats: Measures | null;
  /** how many people sent, in whatever conversations; null as above */
  texts: number | null;
}

/**
 * Counts the forms, texts and chats of some days.
 * @throws Forbidden; Refused INVALID_INPUT
 */
export async function channelTotals(
  { db }: { db: Db },
  viewer: Viewer,
  wish: ReportWish,
): Promise<ChannelTotals> {
  authorize(viewer, 'reports.read');
  const { accountId, companyIds, days } = await readScope(db, viewer, wish);
  const moments = momentsOf(days, 'ALL');
  const totalOf = (kind: 'FORM' | 'CONVERSATION' | 'CHAT') =>
    readTotal(db, {
      ...{ accountId, companyIds, kinds: [kind], cuts: ['ALL'], trackerIds: null, moments },
    });
  const countTexts = async () => {
    const [start, end] = moments.map((moment) => new Date(moment));
    const sql = tenantSql(accountId);
    const [row] = await sql`
      select count(*)::int as count from message m
        join conversation c on c.account_id = m.account_id and c.id = m.conversation_id
       where m.account_id = ${sql.account} and m.direction = 'INBOUND'
         and m.at >= ${start} and m.at < ${end}
         and c.company_id = any(${companyIds}::uuid[])`.rows<{ count: number }>(db.pool);
    return row?.count ?? 0;
  };
  const readsTexts = may(viewer, 'conversations.read');
  const [forms, conversations, chats, texts] = await Promise.all([
    totalOf('FORM'),
    readsTexts ? totalOf('CONVERSATION') : null,
    may(viewer, 'chats.read') ? totalOf('CHAT') : null,
    readsTexts ? countTexts() : null,
  ]);
  return { forms, conversations, chats, texts };
}
