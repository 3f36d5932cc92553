// Forms of a company for an export, oldest first.
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
  'submittedAt',
  'formId',
  'formName',
  'pageUrl',
  'fields',
  'isFirst',
  'spamScore',
  ...ORIGIN_COLUMNS,
  ...LEAD_COLUMNS.filter((name) => name !== 'tags'),
] as const;

interface Row extends SharedRow {
  company: string;
  formId: string;
  formName: string;
  pageUrl: string;
  fields: { name: string; value: string }[];
  isFirst: boolean;
  spamScore: number;
}

async function read({ pool }: Db, viewer: Viewer, wish: PageWish) {
  const sql = tenantSql(viewer.accountId);
  const shared = sharedOf(sql);
  const rows = await sql`
    select co.name as company, f.form_id as "formId", f.form_name as "formName",
           f.page_url as "pageUrl", f.fields, f.is_first as "isFirst", f.spam_score as "spamScore",
           ${shared.columns}
      from interaction i
      join form_submission f on f.account_id = i.account_id and f.id = i.id
      join company co on co.account_id = i.account_id and co.id = i.company_id
      ${shared.joins}
     where i.account_id = ${sql.account} and ${interactionsOf(wish, ['FORM'])}`.rows<Row>(pool);
  const shown = shownTo(viewer, wish.companyId);
  return pageOf(rows, wish.limit, (row) => [
    {
      id: encodeGlobalId('FormSubmission', row.id),
      company: row.company,
      submittedAt: row.at,
      formId: row.formId,
      formName: row.formName,
      pageUrl: shown.address(row.pageUrl),
      fields: row.fields.map(({ name, value }) => ({ name, value: shown.words(value) ?? '' })),
      isFirst: row.isFirst,
      spamScore: row.spamScore,
      ...toShared(row, shown),
    },
  ]);
}

/** The columns of forms, and how a page of them is read. */
export const readFormPage = { columns, read };
