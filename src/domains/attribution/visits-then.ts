// Out of which visits interactions came, for those who ask what a person saw. For many at once.
import { SOURCE_SESSION } from '#domains/visitors/index.ts';
import { type SqlSource, tenantSql } from '#platform/db/index.ts';

/** How a person came; each null where that is not known or no longer kept, and empty where there was none. */
export interface VisitThen {
  /** the first page of the visit that the source was taken from, or as it was told with a form, as the next two */
  landingUrl: string | null;
  referrer: string | null;
  /** what was searched for */
  term: string | null;
  /** the last page that was opened before the interaction, in the visit that it was put down to */
  pageUrl: string | null;
}

/** The visits of these interactions of the account, by their ids; those that are not attributed are left out. */
export async function visitsThen(
  source: SqlSource,
  accountId: string,
  ids: readonly string[],
): Promise<Map<string, VisitThen>> {
  const sql = tenantSql(accountId);
  const rows = await sql`
    select a.id, coalesce(g.landing_url, told.landing_url) as "landingUrl",
           coalesce(g.referrer, told.referrer) as referrer, coalesce(g.term, told.term) as term,
           (select v.url from page_view v
             where v.account_id = ${sql.account} and v.session_id = a.session_id
               and v.at <= greatest(i.occurred_at, s.started_at)
             order by v.at desc, v.id desc limit 1) as "pageUrl"
      from attribution a
      join interaction i on i.account_id = a.account_id and i.id = a.id
      left join visitor_session s on s.account_id = a.account_id and s.id = a.session_id
      left join visitor_session g on g.account_id = a.account_id and g.id = ${SOURCE_SESSION}
      left join form_submission told
             on told.account_id = a.account_id and told.id = a.id and a.basis = 'SOURCE_TOLD'
     where a.account_id = ${sql.account} and a.id = any(${ids}::uuid[])`.rows<
    VisitThen & { id: string }
  >(source);
  return new Map(rows.map(({ id, ...visit }) => [id, visit]));
}
