// How far the criteria of coaching were met, week by week: means over what models said of calls, without what was hidden,
// of the whole company, of each telephone that answered, or of each agent whose telephone that was.
import { authorize, may } from '#domains/accounts/index.ts';
import { seatOf } from '#domains/agents/index.ts';
import { ANSWERED_AT, ANSWERED_BY } from '#domains/calls/index.ts';
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
  /** null where points are not by agent, and of calls that were answered at no agent's telephone */
  agentId: string | null;
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
  groupBy?: 'DESTINATION' | 'AGENT' | null | undefined;
}

const MOST_DAYS = 366;
/** so many are asked for at most, and told apart at most */
export const MOST_DESTINATIONS = 50;

type Row = Omit<CoachingPoint, 'destination' | 'agentId'> & { party: string | null };

/**
 * The trend of a company, by week, criterion and version of the rubric, and by destination or agent where that is wanted: then
 * of those with most calls that were judged. Agents who may not read transcripts get their own trend by agent.
 * @throws Forbidden, by destination also to those who may not read trackers, by agent to those who may not read agents; Refused INVALID_INPUT when the range is empty
 *   or longer than a year, or there are too many destinations
 */
export async function readCoachingTrend(
  { db }: { db: Pick<Db, 'pool' | 'prisma'> },
  viewer: Viewer,
  { companyId, from, before, destinations, groupBy }: CoachingTrendWanted,
): Promise<CoachingPoint[]> {
  const ownId = groupBy === 'AGENT' ? await findOwn(db, viewer, companyId) : null;
  if (ownId === null) authorize(viewer, 'transcripts.read', companyId);
  if (groupBy === 'AGENT') authorize(viewer, 'agents.read', companyId);
  if (destinations || groupBy === 'DESTINATION') authorize(viewer, 'trackers.read', companyId);
  const days = (before.getTime() - from.getTime()) / 86_400_000;
  if (!(days > 0 && days <= MOST_DAYS)) {
    throw invalidInput('before', `before takes a moment after from, at most ${MOST_DAYS} days on.`);
  }
  if (destinations && destinations.length > MOST_DESTINATIONS) {
    throw invalidInput('destinations', `destinations takes at most ${MOST_DESTINATIONS} numbers.`);
  }
  const sql = tenantSql(viewer.accountId);
  const week = sqlPart`to_char(date_trunc('week', i.occurred_at at time zone co.time_zone), 'YYYY-MM-DD')`;
  const parties = { DESTINATION: ANSWERED_AT, AGENT: sqlPart`${ANSWERED_BY}::text` };
  const party = groupBy ? parties[groupBy] : sqlPart`null::text`;
  const isOwn = ownId === null ? sqlPart`true` : sqlPart`${ANSWERED_BY} = ${ownId}::uuid`;
  const isAsked = destinations
    ? sqlPart`${ANSWERED_AT} = any(${[...destinations]}::text[])`
    : sqlPart`true`;
  const rows = await sql`
    with coached as materialized (
      select ${week} as week, ${party} as party,
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
         and ${isAsked} and ${isOwn} and ${IS_LAST_RUN}),
    told_apart as (
      select party from coached group by 1 order by count(*) desc, 1 limit ${MOST_DESTINATIONS}::int)
    select j.week, item ->> 'criterion' as criterion,
           j.rubric_version as "rubricVersion", j.party,
           avg((item ->> 'score')::float8) as met, count(*)::int as calls
      from coached j
      join told_apart a on coalesce(a.party, '') = coalesce(j.party, '')
     cross join lateral jsonb_array_elements(j.items) as item
     group by 1, 2, 3, 4
     order by 1, 2, 3, 4`.rows<Row>(db.pool);
  return rows.map(({ party: one, ...point }) => ({
    ...point,
    destination: groupBy === 'DESTINATION' ? one : null,
    agentId: groupBy === 'AGENT' ? one : null,
  }));
}

/** The agent that a viewer is who may see no trend but their own; null for whoever may see them all, or none. */
async function findOwn(
  { prisma }: Pick<Db, 'prisma'>,
  viewer: Viewer,
  companyId: string,
): Promise<string | null> {
  const isKept = !may(viewer, 'transcripts.read', companyId);
  if (!isKept || !may(viewer, 'coaching.readOwn', companyId)) return null;
  return (await seatOf(prisma, viewer.accountId, viewer.actor.id))?.id ?? null;
}
