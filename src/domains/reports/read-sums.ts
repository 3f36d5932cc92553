// Reads sums: months and weeks where they can be had, shorter ones at the edges, so that what is read grows with the range and
// the groups, and not with the interactions that are kept.
import type { InteractionKind, ReportCut } from '#generated/prisma/enums.ts';
import { type Db, type SqlPart, sqlPart, type TenantSql, tenantSql } from '#platform/db/index.ts';
import { coverOf, runsOf } from './cover.ts';
import { NONE } from './fact.ts';
import { type Measures, NOTHING } from './measures.ts';
import { readLargest } from './read-largest.ts';
import { largestOf, sumCalls } from './sum-calls.ts';
import { SUMS, toMeasures } from './sums-in-sql.ts';

/** Which sums. */
export interface SumWish {
  accountId: string;
  companyIds: readonly string[];
  kinds: readonly InteractionKind[];
  /** rows of any of them; no interaction may stand in two */
  cuts: readonly ReportCut[];
  /** null = all; takes a cut that tells trackers */
  trackerIds: readonly string[] | null;
  /** these words alone; takes a cut by a word that does not tell trackers */
  words?: readonly string[];
  /** the moments of a series, as momentsOf makes them */
  moments: readonly number[];
  /** a condition over interactions i and calls c: calls that fit are summed up themselves, and no sums are read */
  fit?: SqlPart | undefined;
}

/** What groups are told apart by; null = there is none (no keyword, no source). */
export type GroupBy =
  | 'SOURCE'
  | 'MEDIUM'
  | 'CAMPAIGN'
  | 'KEYWORD'
  | 'TRACKER'
  | 'COMPANY'
  | 'CHANNEL'
  | 'LANDING_PAGE'
  | 'REFERRER'
  | 'FORM';

const KEYS: Record<GroupBy, SqlPart> = {
  SOURCE: sqlPart`nullif(s.name, '')`,
  MEDIUM: sqlPart`nullif(s.medium, '')`,
  CAMPAIGN: sqlPart`nullif(s.campaign, '')`,
  KEYWORD: sqlPart`nullif(b.word, '')`,
  LANDING_PAGE: sqlPart`nullif(b.word, '')`,
  REFERRER: sqlPart`nullif(b.word, '')`,
  FORM: sqlPart`nullif(b.word, '')`,
  TRACKER: sqlPart`nullif(b.tracker_id::text, '00000000-0000-0000-0000-000000000000')`,
  COMPANY: sqlPart`b.company_id::text`,
  CHANNEL: sqlPart`b.kind::text`,
};

export interface Group {
  /** null = what has none of it */
  key: string | null;
  sums: Measures;
}

/** The sums of each group in the whole range, the largest first, at most `limit`; groups without interactions are none. */
export async function readGroups(
  db: Pick<Db, 'pool'>,
  wish: SumWish,
  by: GroupBy,
  limit: number,
): Promise<Group[]> {
  if (wish.fit) return largestOf(await sumCalls(db, wish, wish.fit, KEYS[by]), limit);
  return readLargest(db, wish, limit, async (some) => {
    const sql = tenantSql(wish.accountId);
    const rows = await sql`
      select ${KEYS[by]} as key, ${SUMS}
        from (${bucketsOf(sql, some)}) b
        left join source s on s.account_id = b.account_id and s.id = b.source_id
       where b.account_id = ${sql.account}
       group by 1 having sum(b.sign * b.interactions) > 0
       order by sum(b.sign * b.interactions) desc, 1 nulls last
       limit ${limit}::int`.rows<Record<string, string> & { key: string | null }>(db.pool);
    return rows.map((row) => ({ key: row.key, sums: toMeasures(row) }));
  });
}

/** The sums of each interval of the series, in their order. */
export async function readSeries(db: Pick<Db, 'pool'>, wish: SumWish): Promise<Measures[]> {
  if (wish.fit) {
    const sums = await sumCalls<number>(db, wish, wish.fit, sqlPart`b.n`);
    return wish.moments.slice(1).map((_moment, n) => sums.get(n) ?? NOTHING);
  }
  const sql = tenantSql(wish.accountId);
  const rows = await sql`
    select b.n, ${SUMS} from (${bucketsOf(sql, wish)}) b
     where b.account_id = ${sql.account}
     group by 1`.rows<Record<string, string> & { n: number }>(db.pool);
  const series: Measures[] = wish.moments.slice(1).map(() => NOTHING);
  for (const row of rows) series[row.n] = toMeasures(row);
  return series;
}

/** The sums of the whole range. */
export async function readTotal(db: Pick<Db, 'pool'>, wish: SumWish): Promise<Measures> {
  const whole = [wish.moments[0] as number, wish.moments.at(-1) as number];
  const [total] = await readSeries(db, { ...wish, moments: whole });
  return total ?? NOTHING;
}

/** What is read of a sum r; rows that are summed up beside them have the same. */
const COLUMNS = sqlPart`r.account_id, r.company_id, r.kind, r.tracker_id, r.source_id, r.word,
  r.interactions, r.answered, r.missed, r.abandoned, r.voicemails, r.first_time, r.leads,
  r.good_leads, r.duration_seconds, r.value_cents`;

/**
 * The rows that make up the series: `n` tells to which interval each belongs, from 0, and `sign` is -1 for what is to be
 * taken off. One look into the key's index for each company, kind, cut and run of spans.
 */
export function bucketsOf(
  sql: TenantSql,
  { companyIds, kinds, cuts, trackerIds, words, moments }: SumWish,
): SqlPart {
  const blocks = coverOf(moments);
  // a word can be looked up within one span, not within a run of them
  const runs = words ? blocks.map((block) => ({ ...block, until: block.at })) : runsOf(blocks);
  const intervals = runs.map(({ n }) => n);
  const signs = runs.map(({ sign }) => sign);
  const spans = runs.map(({ span }) => span);
  const starts = runs.map(({ at }) => new Date(at));
  const ends = runs.map(({ until }) => new Date(until));
  const some = words
    ? sqlPart`w.starts_at = p.at and w.tracker_id = ${NONE}::uuid and w.source_id = ${NONE}::uuid
              and w.word = any(${words}::text[])`
    : trackerIds
      ? sqlPart`w.starts_at >= p.at and w.starts_at < p.until and w.tracker_id = any(${trackerIds}::uuid[])`
      : sqlPart`w.starts_at >= p.at and w.starts_at < p.until`;
  // the fence keeps the looks apart: joined as one, all sums of the account look cheaper to read through
  return sqlPart`
    select p.n, p.sign, ${COLUMNS} from unnest(${companyIds}::uuid[]) as c(id)
     cross join unnest(${kinds}::interaction_kind[]) as k(kind)
     cross join unnest(${cuts}::report_cut[]) as u(cut)
     cross join unnest(${intervals}::int[], ${signs}::int[], ${spans}::report_span[],
                       ${starts}::timestamptz[], ${ends}::timestamptz[])
                as p(n, sign, span, at, until)
     cross join lateral (
       select * from report_bucket w
        where w.account_id = ${sql.account} and w.company_id = c.id and w.kind = k.kind
          and w.cut = u.cut and w.span = p.span and ${some}
       offset 0) r
     where r.account_id = ${sql.account}`;
}
