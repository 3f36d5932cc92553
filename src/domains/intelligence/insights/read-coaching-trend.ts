// How far the criteria of coaching were met, week by week: means over what models said of calls, without what was hidden.
import { authorize } from '#domains/accounts/index.ts';
import { type Db, sqlPart, tenantSql } from '#platform/db/index.ts';
import { invalidInput } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import { IS_LAST_RUN } from './last-run.ts';

/** One criterion in one week. */
export interface CoachingPoint {
  /** the Monday with which the week begins, in the company's zone */
  week: string;
  criterion: string;
  /** 0 to 1 */
  met: number;
  calls: number;
}

const MOST_DAYS = 366;

/**
 * The trend of a company, by week and criterion.
 * @param want.from inclusive, `want.before` exclusive
 * @throws Forbidden; Refused INVALID_INPUT when the range is empty or longer than a year
 */
export async function readCoachingTrend(
  { db }: { db: Pick<Db, 'pool'> },
  viewer: Viewer,
  { companyId, from, before }: { companyId: string; from: Date; before: Date },
): Promise<CoachingPoint[]> {
  authorize(viewer, 'transcripts.read', companyId);
  const days = (before.getTime() - from.getTime()) / 86_400_000;
  if (!(days > 0 && days <= MOST_DAYS)) {
    throw invalidInput('before', `before takes a moment after from, at most ${MOST_DAYS} days on.`);
  }
  const sql = tenantSql(viewer.accountId);
  const week = sqlPart`to_char(date_trunc('week', c.started_at at time zone co.time_zone), 'YYYY-MM-DD')`;
  return sql`
    select ${week} as week, item ->> 'criterion' as criterion, avg((item ->> 'score')::float8) as met,
           count(*)::int as calls
      from call c
      join company co on co.account_id = c.account_id and co.id = c.company_id
      join transcript t on t.account_id = c.account_id and t.call_id = c.id
      join insight_run r on r.account_id = t.account_id and r.transcript_id = t.id
      join insight i on i.account_id = r.account_id and i.run_id = r.id and i.kind = 'COACHING' and not i.hidden
     cross join lateral jsonb_array_elements(i.items) as item
     where c.account_id = ${sql.account} and c.company_id = ${companyId}::uuid
       and c.started_at >= ${from} and c.started_at < ${before}
       and ${IS_LAST_RUN}
     group by 1, 2
     order by 1, 2`.rows<CoachingPoint>(db.pool);
}
