// Calls of a company for an export, oldest first.
import { type Db, tenantSql } from '#platform/db/index.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import type { Viewer } from '#values/viewer.ts';
import { interactionsOf, pageOf, shownTo } from './page.ts';
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
  'source',
  'medium',
  'campaign',
  'keyword',
  'landingPage',
  'firstCall',
  'leadId',
  'leadName',
  'leadStatus',
  'valueCents',
  'tags',
  'note',
] as const;

interface Row {
  id: string;
  at: Date;
  company: string;
  answeredAt: Date | null;
  endedAt: Date | null;
  direction: string;
  outcome: string | null;
  from: string | null;
  to: string;
  tracker: string | null;
  source: string | null;
  medium: string | null;
  campaign: string | null;
  keyword: string | null;
  landingPage: string | null;
  firstCall: boolean;
  leadId: string | null;
  leadName: string | null;
  leadStatus: string;
  valueCents: string | null;
  tags: string[];
  note: string | null;
}

async function read({ pool }: Db, viewer: Viewer, wish: PageWish) {
  const sql = tenantSql(viewer.accountId);
  const rows = await sql`
    select i.id, i.occurred_at as at, co.name as company, c.answered_at as "answeredAt",
           c.ended_at as "endedAt", c.direction, c.outcome, c.from_number as "from",
           c.to_number as "to", t.name as tracker, s.name as source, s.medium, s.campaign,
           r.fact->>'keyword' as keyword, r.fact->>'landingPage' as "landingPage",
           c.first_call as "firstCall", i.lead_id as "leadId", l.name as "leadName",
           i.lead_status as "leadStatus", i.value_cents::text as "valueCents", i.note,
           array(select g.name from interaction_tag it
                   join tag g on g.account_id = it.account_id and g.id = it.tag_id
                  where it.account_id = ${sql.account} and it.interaction_id = i.id
                  order by g.name) as tags
      from interaction i
      join call c on c.account_id = i.account_id and c.id = i.id
      join company co on co.account_id = i.account_id and co.id = i.company_id
      left join tracker t on t.account_id = c.account_id and t.id = c.tracker_id
      left join source s on s.account_id = i.account_id and s.id = i.source_id
      left join lead l on l.account_id = i.account_id and l.id = i.lead_id
      left join report_fact r on r.account_id = i.account_id and r.id = i.id
     where i.account_id = ${sql.account} and ${interactionsOf(wish, ['CALL'])}`.rows<Row>(pool);
  const shown = shownTo(viewer, wish.companyId);
  return pageOf(rows, wish.limit, ({ id, at, leadId, leadName, valueCents, ...row }) => [
    {
      ...row,
      id: encodeGlobalId('Call', id),
      startedAt: at,
      keyword: shown.seesVisits ? row.keyword : null,
      landingPage: shown.seesVisits ? row.landingPage : null,
      durationSeconds:
        row.endedAt && Math.max(0, Math.round((row.endedAt.getTime() - at.getTime()) / 1_000)),
      from: shown.number(row.from),
      tracker: shown.seesTrackers ? row.tracker : null,
      leadId: leadId && shown.seesLeads ? encodeGlobalId('Lead', leadId) : null,
      leadName: shown.seesLeads ? shown.name(leadName) : null,
      valueCents: valueCents === null ? null : Number(valueCents),
    },
  ]);
}

/** The columns of calls, and how a page of them is read. */
export const readCallPage = { columns, read };
