// Forms of a company for an export, oldest first.
import { type Db, tenantSql } from '#platform/db/index.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import type { Viewer } from '#values/viewer.ts';
import { interactionsOf, pageOf, shownTo } from './page.ts';
import type { PageWish } from './sheets.ts';

const columns = [
  'id',
  'company',
  'submittedAt',
  'formId',
  'formName',
  'pageUrl',
  'fields',
  'isFirst',
  'spamScore',
  'source',
  'medium',
  'campaign',
  'keyword',
  'landingPage',
  'leadId',
  'leadName',
  'leadStatus',
  'valueCents',
  'note',
] as const;

interface Row {
  id: string;
  at: Date;
  company: string;
  formId: string;
  formName: string;
  pageUrl: string;
  fields: { name: string; value: string }[];
  isFirst: boolean;
  spamScore: number;
  source: string | null;
  medium: string | null;
  campaign: string | null;
  keyword: string | null;
  landingPage: string | null;
  leadId: string | null;
  leadName: string | null;
  leadStatus: string;
  valueCents: string | null;
  note: string | null;
}

const MASKED = '•••';

async function read({ pool }: Db, viewer: Viewer, wish: PageWish) {
  const sql = tenantSql(viewer.accountId);
  const rows = await sql`
    select i.id, i.occurred_at as at, co.name as company, f.form_id as "formId",
           f.form_name as "formName", f.page_url as "pageUrl", f.fields, f.is_first as "isFirst",
           f.spam_score as "spamScore", s.name as source, s.medium, s.campaign,
           r.fact->>'keyword' as keyword, r.fact->>'landingPage' as "landingPage",
           i.lead_id as "leadId", l.name as "leadName", i.lead_status as "leadStatus",
           i.value_cents::text as "valueCents", i.note
      from interaction i
      join form_submission f on f.account_id = i.account_id and f.id = i.id
      join company co on co.account_id = i.account_id and co.id = i.company_id
      left join source s on s.account_id = i.account_id and s.id = i.source_id
      left join lead l on l.account_id = i.account_id and l.id = i.lead_id
      left join report_fact r on r.account_id = i.account_id and r.id = i.id
     where i.account_id = ${sql.account} and ${interactionsOf(wish, ['FORM'])}`.rows<Row>(pool);
  const shown = shownTo(viewer, wish.companyId);
  return pageOf(rows, wish.limit, ({ id, at, leadId, leadName, valueCents, fields, ...row }) => [
    {
      ...row,
      id: encodeGlobalId('FormSubmission', id),
      submittedAt: at,
      keyword: shown.seesVisits ? row.keyword : null,
      landingPage: shown.seesVisits ? row.landingPage : null,
      pageUrl: shown.address(row.pageUrl),
      fields: fields.map(({ name, value }) => ({ name, value: shown.isPlain ? value : MASKED })),
      leadId: leadId && shown.seesLeads ? encodeGlobalId('Lead', leadId) : null,
      leadName: shown.seesLeads ? shown.name(leadName) : null,
      valueCents: valueCents === null ? null : Number(valueCents),
    },
  ]);
}

/** The columns of forms, and how a page of them is read. */
export const readFormPage = { columns, read };
