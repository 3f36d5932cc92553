// How far the criteria of coaching were met, week by week: means over what models said of calls, without what was hidden,
// of the whole company or of each telephone that answered.
import { authorize } from '#domains/accounts/index.ts';
import { ANSWERED_AT } from '#domains/calls/index.ts';
import { type Db, sqlPart, tenantSql } from '#platform/db/index.ts';
import { invalidInput } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import { IS_LAST_RUN } from './last-run.ts';

/** One criterion in one week, as one version of the rubric asked for it. */
export interface CoachingPoint {
  /** the Monday with which the week begins, in the company's zone */
  week: string;
  criterion: string;
  /** null = from before that was noted */
  rubricVersion: number | null;
  /** E.164; null where points are not by destination, and of calls that nobody answered */
  destination: string | null;
  /** 0 to 1 */
  met: number;
  calls: number;
}

/** Which calls of a company, and by what they are told apart. */
export interface CoachingTrendWanted {
  companyId: string;
  /** inclusive */
  from: Date;
  /** exclusive */
  before: Date;
  /** calls that were answered at one of these, E.164; absent = all calls */
  destinations?: readonly string[] | null | undefined;
  groupBy?: 'DESTINATION' | null | undefined;
}

const MOST_DAYS = 366;
/** so many are asked for at most, and told apart at most */
export const MOST_DESTINATIONS = 50;

/**
 * The trend of a company, by week, criterion and version of the rubric, and by destination where that is wanted: then of those
 * with most calls that were judged.
 * @throws Forbidden, by destination also to those who may not read trackers; Refused INVALID_INPUT when the range is empty
 *   or longer than a year, or there are too many destinations
 */
export async function readCoachingTrend(
  { db }: { db: Pick<Db, 'pool'> },
  viewer: Viewer,
  { companyId, from, before, destinations, groupBy }: CoachingTrendWanted,
): Promise<CoachingPoint[]> {
  authorize(viewer, 'transcripts.read', companyId);
  if (destinations || groupBy) authorize(viewer, 'trackers.read', companyId);
  const days = (before.getTime() - from.getTime()) / 86_400_000;
  if (!(days > 0 && days <= MOST_DAYS)) {
    throw invalidInput('before', `before takes a moment after from, at most ${MOST_DAYS} days on.`);
  }
  if (destinations && destinations.length > MOST_DESTINATIONS) {
    throw invalidInput('destinations', `destinations takes at most ${MOST_DESTINATIONS} numbers.`);
  }
  const sql = tenantSql(viewer.accountId);
  const week = sqlPart`to_char(date_trunc('week', i.occurred_at at time zone co.time_zone), 'YYYY-MM-DD')`;
  const destination = groupBy ? ANSWERED_AT : sqlPart`null::text`;
  const isAsked = destinations
    ? sqlPart`${ANSWERED_AT} = any(${[...destinations]}::text[])`
    : sqlPart`true`;
  return sql`
    with coached as materialized (
      select ${week} as week, ${destination} as destination,
             r.rubric_version, drawn.items
        from interaction i
        join call c on c.account_id = i.account_id and c.id = i.id
        join company co on co.account_id = i.account_id and co.id = i.company_id
        join transcript t on t.account_id = c.account_id and t.call_id = c.id
        join insight_run r on r.account_id = t.account_id and r.transcript_id = t.id
        join insight drawn on drawn.account_id = r.account_id and drawn.run_id = r.id
         and drawn.kind = 'COACHING' and not drawn.hidden
       where i.account_id = ${sql.account} and i.company_id = ${companyId}::uuid and i.kind = 'CALL'
         and i.occurred_at >= ${from}::timestamptz and i.occurred_at < ${before}::timestamptz
         and ${isAsked} and ${IS_LAST_RUN}),
    told_apart as (
      select destination from coached group by 1 order by count(*) desc, 1 limit ${MOST_DESTINATIONS}::int)
    select j.week, item ->> 'criterion' as criterion,
           j.rubric_version as "rubricVersion", j.destination,
           avg((item ->> 'score')::float8) as met, count(*)::int as calls
      from coached j
      join told_apart a on coalesce(a.destination, '') = coalesce(j.destination, '')
     cross join lateral jsonb_array_elements(j.items) as item
     group by 1, 2, 3, 4
     order by 1, 2, 3, 4`.rows<CoachingPoint>(db.pool);
}
