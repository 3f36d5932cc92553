// The page on which a form was filled, as its visit tells it.
import { may } from '#domains/accounts/index.ts';
import type { PageViewRow } from '#domains/visitors/index.ts';
import { type Db, tenantSql } from '#platform/db/index.ts';
import { seesCompany, type Viewer } from '#values/viewer.ts';

/**
 * Of each form the view of its page: of the form's address in its visit that which is nearest in time, since the one may
 * be told long after the other.
 * @param ids UUIDs of forms that were read before
 * @returns in the order of the ids; null without such a view, or without the right to read visits
 */
export async function pagesOfForms(
  { pool }: Pick<Db, 'pool'>,
  viewer: Viewer,
  ids: readonly string[],
): Promise<(PageViewRow | null)[]> {
  if (!may(viewer, 'visitors.read')) return ids.map(() => null);
  const sql = tenantSql(viewer.accountId);
  // the anchor of a page is no page; the route of a single-page application is
  const rows = await sql`
    select distinct on (f.id) f.id as "formId", v.id, v.company_id as "companyId", v.at, v.url,
           v.referrer, v.title
      from form_submission f
      join page_view v
        on v.account_id = f.account_id and v.session_id = f.session_id
       and regexp_replace(v.url, '#(?![/!]).*', '') = regexp_replace(f.page_url, '#(?![/!]).*', '')
     where f.account_id = ${sql.account} and f.id = any(${ids}::uuid[])
     order by f.id, abs(extract(epoch from v.at - f.submitted_at)), v.at, v.id`.rows<
    PageViewRow & { formId: string }
  >(pool);
  const seen = rows.filter(({ companyId }) => seesCompany(viewer, companyId));
  const byForm = new Map(seen.map((row) => [row.formId, row]));
  return ids.map((id) => byForm.get(id) ?? null);
}
