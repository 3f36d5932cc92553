// The sums that counting an account's calls would have left, by plain SQL, with a keyword of 200 for every second call.
import type { Pool } from 'pg';
import { NONE } from '#domains/reports/fact.ts';

const KEYWORDS = 200;

/** Fills the sums of the calls that stand there, each put down to its own source. @returns how many sums there are */
export async function fillSums(pool: Pool, { accountId }: { accountId: string }): Promise<number> {
  const { rowCount } = await pool.query(
    `insert into report_bucket
     select i.account_id, i.company_id, 'CALL', u.cut::report_cut, p.span::report_span,
            date_bin(p.width, i.occurred_at, 'epoch'),
            case when u.by_tracker then c.tracker_id else $2::uuid end,
            case when u.by_source then i.source_id else $2::uuid end,
            case when u.by_word then i.word else '' end,
            count(*) * u.whole, count(*) * u.whole, 0, 0, 0,
            count(*) filter (where c.first_call) * u.whole, 0, 0,
            sum(extract(epoch from c.ended_at - i.occurred_at))::bigint * u.whole, 0
       from (select *, case when hashtext(id::text) % 2 = 0 then ''
                            else 'keyword ' || abs(hashtext(id::text)) % ${KEYWORDS} end as word
               from interaction where account_id = $1) i
       join call c on c.account_id = i.account_id and c.id = i.id
      cross join (values ('QUARTER', interval '15 minutes'), ('HOUR', interval '1 hour'),
                         ('DAY', interval '1 day')) p(span, width)
      cross join (values ('ALL', false, false, false, 1), ('TRACKER', true, false, false, 1),
                         ('SOURCE', true, true, false, 1), ('KEYWORD', true, false, true, 1),
                         ('LANDING_PAGE', true, false, false, 1), ('REFERRER', true, false, false, 1),
                         ('EVERY_MODEL', false, true, true, 1000000),
                         ('QUALIFIED', false, false, false, 1000000))
                 u(cut, by_tracker, by_source, by_word, whole)
      group by 1, 2, 4, 5, 6, 7, 8, 9, u.whole`,
    [accountId, NONE],
  );
  await pool.query('vacuum analyze report_bucket');
  return rowCount ?? 0;
}
