// Sums over calls themselves, for filters that no sums are kept by. Only calls that are counted have a fact, so that a filter
// that every call fits gives what the sums do.
import { type CallFilter, callsThatFit } from '#domains/calls/index.ts';
import { type Db, type SqlPart, sqlPart, type TenantSql, tenantSql } from '#platform/db/index.ts';
import { invalidInput } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import { WORD_CUTS } from './fact.ts';
import { addMeasures, type Measures, NOTHING } from './measures.ts';
import { readInTurn } from './read-in-turn.ts';
import type { Group, SumWish } from './read-sums.ts';
import type { ReportScope } from './scope.ts';
import { ADDS, ADDS_OF_FACT, SUMS, toMeasures } from './sums-in-sql.ts';

/** In a range. */
export const MOST_CALLS = 500_000;
/** Read by one statement, which may take 5 s. */
const SLICE = 25_000;

/** What each call tells on its own; absent and null = all. */
export type CallTraits = Pick<
  CallFilter,
  | 'outcomes'
  | 'leadStatuses'
  | 'tags'
  | 'firstCall'
  | 'sourceIds'
  | 'directions'
  | 'minSeconds'
  | 'maxSeconds'
>;

const WORDS: Record<(typeof WORD_CUTS)[number], SqlPart> = {
  KEYWORD: sqlPart`f.keyword`,
  LANDING_PAGE: sqlPart`f."landingPage"`,
  REFERRER: sqlPart`f.referrer`,
};

/**
 * The condition over calls that the traits ask for; undefined when they ask for nothing, and the kept sums tell it.
 * @param trackerIds null = all
 */
export function fitOf(
  viewer: Viewer,
  { companyIds }: ReportScope,
  trackerIds: readonly string[] | null,
  traits: CallTraits | null | undefined,
): SqlPart | undefined {
  const isAsked = Object.values(traits ?? {}).some((one) => one != null);
  return isAsked ? callsThatFit(viewer, { ...traits, companyIds, trackerIds }) : undefined;
}

/**
 * Sums up the calls that fit, some hours at a time.
 * @param key by what they are told apart, over rows b and their sources s
 * @param bounds.most calls of the range, whether they fit or not; @param bounds.slice of them at a time; @param
 *   bounds.patienceMs how long it may take
 * @returns the sums by key, in no order
 * @throws Refused INVALID_INPUT when there are more calls; ReportTimedOut
 */
export async function sumCalls<Key>(
  db: Pick<Db, 'pool'>,
  wish: SumWish,
  fit: SqlPart,
  key: SqlPart,
  bounds: { most: number; slice: number; patienceMs?: number } = { most: MOST_CALLS, slice: SLICE },
): Promise<Map<Key, Measures>> {
  const sql = tenantSql(wish.accountId);
  const sums = new Map<Key, Measures>();
  const inTurn = readInTurn(db, bounds.patienceMs);
  for (const slice of await inTurn(() => slicesOf(db, wish, bounds))) {
    const statement = sql`
      select ${key} as key, ${SUMS}
        from (${callsOf(sql, wish, fit, slice)}) b
        left join source s on s.account_id = b.account_id and s.id = b.source_id
       where b.account_id = ${sql.account}
       group by 1`;
    const rows = await inTurn(() =>
      statement.rows<Record<string, string> & { key: string }>(db.pool),
    );
    for (const row of rows) {
      const before = sums.get(row.key as Key) ?? NOTHING;
      sums.set(row.key as Key, addMeasures(before, toMeasures(row), 1n));
    }
  }
  return sums;
}

/** The largest of them, at most `limit`; what has no key comes last among equals. */
export function largestOf(sums: ReadonlyMap<string | null, Measures>, limit: number): Group[] {
  const compare = (a: Group, b: Group) =>
    Number(b.sums.interactions - a.sums.interactions) ||
    (a.key === null ? 1 : b.key === null || a.key < b.key ? -1 : 1);
  return [...sums]
    .map(([key, one]) => ({ key, sums: one }))
    .sort(compare)
    .slice(0, limit);
}

/** From when until when, at whole hours between the ends. */
type Slice = readonly [from: Date, until: Date];

async function slicesOf(
  { pool }: Pick<Db, 'pool'>,
  { accountId, companyIds, moments }: SumWish,
  { most, slice }: { most: number; slice: number },
): Promise<Slice[]> {
  const [from, end] = [new Date(moments[0] as number), new Date(moments.at(-1) as number)];
  const sql = tenantSql(accountId);
  const hours = await sql`
    select date_bin('1 hour', c.at, 'epoch'::timestamptz) as at, count(*)::int as n
      from (select i.occurred_at as at from interaction i
             where i.account_id = ${sql.account} and i.company_id = any(${companyIds}::uuid[])
               and i.kind = 'CALL' and i.occurred_at >= ${from}::timestamptz
               and i.occurred_at < ${end}::timestamptz
             limit ${most + 1}::int) c
     group by 1 order by 1`.rows<{ at: Date; n: number }>(pool);
  if (hours.reduce((sum, { n }) => sum + n, 0) > most) {
    throw invalidInput(
      'filter',
      `A filter by more than companies and trackers looks through at most ${most} calls, and there are more from ${from.toISOString()} to ${end.toISOString()}. Ask for fewer days or companies.`,
    );
  }
  const cuts: Date[] = [];
  let inSlice = 0;
  for (const { at, n } of hours) {
    if (inSlice > 0 && inSlice + n > slice) {
      cuts.push(at);
      inSlice = 0;
    }
    inSlice += n;
  }
  return [from, ...cuts].map((start, n) => [start, cuts[n] ?? end] as const);
}

/** The calls of a slice that fit as rows of sums: `n` tells to which interval of the series each belongs, from 0. */
function callsOf(
  sql: TenantSql,
  { moments, cuts }: SumWish,
  fit: SqlPart,
  [from, until]: Slice,
): SqlPart {
  const word = WORD_CUTS.find((one) => cuts.some((cut) => cut.endsWith(one)));
  const bounds = moments.map((moment) => new Date(moment));
  return sqlPart`
    select width_bucket(i.occurred_at, ${bounds}::timestamptz[]) - 1 as n, 1 as sign,
           i.account_id, i.company_id, i.kind, f."trackerId" as tracker_id,
           f."sourceId" as source_id, ${word ? WORDS[word] : sqlPart`''`} as word, ${ADDS}
      from interaction i
      join call c on c.account_id = i.account_id and c.id = i.id
      join report_fact r on r.account_id = i.account_id and r.id = i.id
     cross join lateral jsonb_to_record(r.fact)
             as f("trackerId" uuid, "sourceId" uuid, keyword text, "landingPage" text,
                  referrer text, adds jsonb)
     cross join lateral ${ADDS_OF_FACT}
     where i.account_id = ${sql.account} and i.kind = 'CALL'
       and i.occurred_at >= ${from}::timestamptz and i.occurred_at < ${until}::timestamptz
       and ${fit}`;
}
