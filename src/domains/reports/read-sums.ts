// Reads sums: whole days where they can be had, hours and quarters of an hour at the edges, so that what is read grows with the
// range and the groups, and not with the interactions that are kept.
import type { InteractionKind, ReportCut, ReportSpan } from '#generated/prisma/enums.ts';
import { type Db, type SqlPart, sqlPart, type TenantSql, tenantSql } from '#platform/db/index.ts';
import { MEASURES, type Measures, NOTHING } from './measures.ts';
import { coverOf, type Stretch } from './period.ts';

/** Which sums. */
export interface SumWish {
  accountId: string;
  companyIds: readonly string[];
  kinds: readonly InteractionKind[];
  /** rows of any of them; no interaction may stand in two */
  cuts: readonly ReportCut[];
  /** null = all; takes a cut that tells trackers */
  trackerIds: readonly string[] | null;
  /** the moments of a series, as momentsOf makes them */
  moments: readonly number[];
}

/** What groups are told apart by; null = there is none (no keyword, no source). */
export type GroupBy =
  | 'SOURCE'
  | 'MEDIUM'
  | 'CAMPAIGN'
  | 'KEYWORD'
  | 'TRACKER'
  | 'COMPANY'
  | 'LANDING_PAGE'
  | 'REFERRER';

const SPANS: readonly ReportSpan[] = ['DAY', 'HOUR', 'QUARTER'];

const KEYS: Record<GroupBy, SqlPart> = {
  SOURCE: sqlPart`nullif(s.name, '')`,
  MEDIUM: sqlPart`nullif(s.medium, '')`,
  CAMPAIGN: sqlPart`nullif(s.campaign, '')`,
  KEYWORD: sqlPart`nullif(b.word, '')`,
  LANDING_PAGE: sqlPart`nullif(b.word, '')`,
  REFERRER: sqlPart`nullif(b.word, '')`,
  TRACKER: sqlPart`nullif(b.tracker_id::text, '00000000-0000-0000-0000-000000000000')`,
  COMPANY: sqlPart`b.company_id::text`,
};

export interface Group {
  /** null = what has none of it */
  key: string | null;
  sums: Measures;
}

/** The sums of each group in the whole range, the largest first, at most `limit`; groups without interactions are none. */
export async function readGroups(
  { pool }: Pick<Db, 'pool'>,
  wish: SumWish,
  by: GroupBy,
  limit: number,
): Promise<Group[]> {
  const sql = tenantSql(wish.accountId);
  const rows = await sql`
    select ${KEYS[by]} as key, ${SUMS}
      from (${bucketsOf(sql, wish)}) b
      left join source s on s.account_id = b.account_id and s.id = b.source_id
     where b.account_id = ${sql.account}
     group by 1 having sum(b.interactions) > 0
     order by sum(b.interactions) desc, 1 nulls last
     limit ${limit}::int`.rows<Record<string, string> & { key: string | null }>(pool);
  return rows.map((row) => ({ key: row.key, sums: toMeasures(row) }));
}

/** The sums of each interval of the series, in their order. */
export async function readSeries({ pool }: Pick<Db, 'pool'>, wish: SumWish): Promise<Measures[]> {
  const sql = tenantSql(wish.accountId);
  const starts = wish.moments.slice(0, -1).map((ms) => new Date(ms));
  const rows = await sql`
    select width_bucket(b.starts_at, ${starts}::timestamptz[]) as n, ${SUMS}
      from (${bucketsOf(sql, wish)}) b
     where b.account_id = ${sql.account}
     group by 1`.rows<Record<string, string> & { n: number }>(pool);
  const series: Measures[] = starts.map(() => NOTHING);
  for (const row of rows) series[row.n - 1] = toMeasures(row);
  return series;
}

/** The sums of the whole range. */
export async function readTotal(db: Pick<Db, 'pool'>, wish: SumWish): Promise<Measures> {
  const whole = [wish.moments[0] as number, wish.moments.at(-1) as number];
  const [total] = await readSeries(db, { ...wish, moments: whole });
  return total ?? NOTHING;
}

/** Every measure summed over rows b, as text. */
export const SUMS = sqlPart`sum(b.interactions)::text as interactions, sum(b.answered)::text as answered,
  sum(b.missed)::text as missed, sum(b.abandoned)::text as abandoned,
  sum(b.voicemails)::text as voicemails, sum(b.first_time)::text as "firstTime",
  sum(b.leads)::text as leads, sum(b.good_leads)::text as "goodLeads",
  sum(b.duration_seconds)::text as "durationSeconds", sum(b.value_cents)::text as "valueCents"`;

/** The rows that cover the series, none of them twice. */
export function bucketsOf(sql: TenantSql, wish: SumWish): SqlPart {
  const cover = coverOf(wish.moments);
  const stretches = SPANS.flatMap((span) => cover[span].map((stretch) => ({ span, stretch })));
  return walksOf(sql, wish, stretches);
}

/** One walk through the key's index for each company, kind, cut and stretch. */
function walksOf(
  sql: TenantSql,
  { companyIds, kinds, cuts, trackerIds }: SumWish,
  stretches: readonly { span: ReportSpan; stretch: Stretch }[],
): SqlPart {
  const spans = stretches.map(({ span }) => span);
  const from = stretches.map(({ stretch: [start] }) => new Date(start));
  const before = stretches.map(({ stretch: [, end] }) => new Date(end));
  const ofTrackers = trackerIds
    ? sqlPart`r.tracker_id = any(${trackerIds}::uuid[])`
    : sqlPart`true`;
  // the fence keeps the walks apart: joined as one, all sums of the account look cheaper to read through
  return sqlPart`
    select r.* from unnest(${companyIds}::uuid[]) as c(id)
     cross join unnest(${kinds}::interaction_kind[]) as k(kind)
     cross join unnest(${cuts}::report_cut[]) as u(cut)
     cross join unnest(${spans}::report_span[], ${from}::timestamptz[], ${before}::timestamptz[])
                as p(span, a, z)
     cross join lateral (
       select * from report_bucket w
        where w.account_id = ${sql.account} and w.company_id = c.id and w.kind = k.kind
          and w.cut = u.cut and w.span = p.span and w.starts_at >= p.a and w.starts_at < p.z
       offset 0) r
     where r.account_id = ${sql.account} and ${ofTrackers}`;
}

/** Reads what SUMS has selected; null sums are 0. */
export function toMeasures(row: Record<string, string | null>): Measures {
  return Object.fromEntries(
    MEASURES.map((measure) => [measure, BigInt(row[measure] ?? 0)]),
  ) as Measures;
}
