// Calls of a company for an export, oldest first.
import { type Db, tenantSql } from '#platform/db/index.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import type { Viewer } from '#values/viewer.ts';
import { interactionsOf, pageOf, shownTo } from './page.ts';
import {
  LEAD_COLUMNS,
  ORIGIN_COLUMNS,
  type SharedRow,
  sharedOf,
  toShared,
} from './shared-columns.ts';
import type { PageWish } from './sheets.ts';

const columns = [
  'id',
  'company',
  'startedAt',
  'answeredAt',
  'endedAt',
  'direction',
  'outcome',
  'durationSeconds',
  'from',
  'to',
  'tracker',
  ...ORIGIN_COLUMNS,
  'firstCall',
  ...LEAD_COLUMNS,
] as const;

interface Row extends SharedRow {
  company: string;
  answeredAt: Date | null;
  endedAt: Date | null;
  direction: string;
  outcome: string | null;
  from: string | null;
  to: string;
  tracker: string | null;
  firstCall: boolean;
}

async function read({ pool }: Db, viewer: Viewer, wish: PageWish) {
  const sql = tenantSql(viewer.accountId);
  const shared = sharedOf(sql);
  const rows = await sql`
    select co.name as company, c.answered_at as "answeredAt", c.ended_at as "endedAt", c.direction,
           c.outcome, c.from_number as "from", c.to_number as "to", t.name as tracker,
           c.first_call as "firstCall", ${shared.columns},
           ${shared.tags}
      from interaction i
      join call c on c.account_id = i.account_id and c.id = i.id
      join company co on co.account_id = i.account_id and co.id = i.company_id
      left join tracker t on t.account_id = c.account_id and t.id = c.tracker_id
      ${shared.joins}
     where i.account_id = ${sql.account} and ${interactionsOf(wish, ['CALL'])}`.rows<Row>(pool);
  const shown = shownTo(viewer, wish.companyId);
  return pageOf(rows, wish.limit, (row) => [
    {
      id: encodeGlobalId('Call', row.id),
      company: row.company,
      startedAt: row.at,
      answeredAt: row.answeredAt,
      endedAt: row.endedAt,
      direction: row.direction,
      outcome: row.outcome,
      durationSeconds:
        row.endedAt && Math.max(0, Math.round((row.endedAt.getTime() - row.at.getTime()) / 1_000)),
      from: shown.number(row.from),
      to: row.to,
      tracker: shown.seesTrackers ? row.tracker : null,
      firstCall: row.firstCall,
      ...toShared(row, shown),
    },
  ]);
}

/** The columns of calls, and how a page of them is read. */
export const readCallPage = { columns, read };
