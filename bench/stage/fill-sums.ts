// The sums that counting an account's calls would have left, by plain SQL: the calls are drawn, not written, since no report
// reads them. Sources, trackers, keywords, pages and referrers follow Zipf's law, and every fourth call has two touchpoints.
import type { Pool, PoolClient } from 'pg';
import { NONE } from '#domains/reports/fact.ts';
import { fillTrackers } from './fill-calls.ts';

const KEYWORDS = 20_000;
const PAGES = 500;
const REFERRERS = 50;

/** Days before now that begin and end a report: there the hours of words are filled, too. */
export interface Edges {
  days: number;
  /** within how many days before now */
  edges: readonly [from: number, to: number][];
}

/** A cut, by the columns of a drawn call: which column is its key, and in what unit it counts. */
interface Cut {
  cut: string;
  trackerId?: string;
  sourceId?: string;
  word?: string;
  /** 1,000,000 for credit */
  weight: number;
  from?: string;
  /** its hours are read by every report, not at the edges alone */
  everyHour?: boolean;
}

const ONE_TOUCH = 'drawn where not two_touches';
const TWO_TOUCHES = `(select * from drawn where two_touches union all
   select at, tracker_id, first_source_id, source_id, first_keyword, keyword, page, referrer, two_touches,
          answered, missed, voicemails, first_time, leads, good_leads, duration, value
     from drawn where two_touches) touch where true`;

const CUTS: Cut[] = [
  { cut: 'ALL', weight: 1, everyHour: true },
  { cut: 'TRACKER', trackerId: 'tracker_id', weight: 1, everyHour: true },
  { cut: 'SOURCE', trackerId: 'tracker_id', sourceId: 'source_id', weight: 1, everyHour: true },
  { cut: 'KEYWORD', word: 'keyword', weight: 1 },
  { cut: 'LANDING_PAGE', word: 'page', weight: 1 },
  { cut: 'REFERRER', word: 'referrer', weight: 1 },
  { cut: 'EVERY_MODEL', sourceId: 'source_id', weight: 1_000_000, from: ONE_TOUCH },
  { cut: 'EVERY_MODEL_KEYWORD', word: 'keyword', weight: 1_000_000, from: ONE_TOUCH },
  { cut: 'LINEAR', sourceId: 'source_id', weight: 500_000, from: TWO_TOUCHES },
  { cut: 'LINEAR_KEYWORD', word: 'keyword', weight: 500_000, from: TWO_TOUCHES },
];

/**
 * Fills the sums of so many calls.
 * @param calls evenly over the days, most around noon
 * @returns how many sums there are
 */
export async function fillSums(
  pool: Pool,
  { accountId, companyId }: { accountId: string; companyId: string },
  calls: number,
  { days, edges }: Edges,
): Promise<number> {
  const client = await pool.connect();
  try {
    await client.query(
      `set work_mem = '256MB'; set maintenance_work_mem = '512MB'; set timezone = 'UTC'`,
    );
    await fillTrackers(client, accountId, companyId);
    await drawCalls(client, accountId, calls, days);
    const indexes = await dropIndexes(client);
    const near = edges
      .map(
        ([from, to]) =>
          `at between now() - interval '${from} days' and now() - interval '${to} days'`,
      )
      .join(' or ');
    for (const cut of CUTS) {
      await addCut(client, [accountId, companyId], cut, 'HOUR', cut.everyHour ? 'true' : near);
      await addCut(client, [accountId, companyId], cut, 'DAY', 'true');
    }
    for (const span of ['WEEK', 'MONTH']) await addLonger(client, span);
    for (const definition of indexes) await client.query(definition);
    await client.query('drop table drawn');
    await client.query('vacuum analyze report_bucket');
    const { rows } = await client.query<{ n: number }>(
      'select count(*)::int as n from report_bucket',
    );
    return rows[0]?.n ?? 0;
  } finally {
    client.release(true);
  }
}

/** Zipf's law with exponent 1: rank r of n comes 1/r as often as the first. */
const rank = (n: number) => `floor(exp(random() * ln(${n + 1})))::int`;

async function drawCalls(
  client: PoolClient,
  accountId: string,
  calls: number,
  days: number,
): Promise<void> {
  const { rows } = await client.query<{ id: string; sourceId: string }>(
    'select id, source_id as "sourceId" from tracker where account_id = $1 order by name',
    [accountId],
  );
  const sources = [...new Set(rows.map(({ sourceId }) => sourceId))];
  const list = (ids: readonly string[]) => `'{${ids.join(',')}}'::uuid[]`;
  const keyword = `case when random() < 0.5 then '' else 'keyword ' || ${rank(KEYWORDS)} end`;
  await client.query('select setseed(0.5)');
  await client.query(
    `create unlogged table drawn as
     select at, (${list(rows.map(({ id }) => id))})[tracker] as tracker_id,
            (${list(rows.map(({ sourceId }) => sourceId))})[tracker] as source_id,
            (${list(sources)})[${rank(sources.length)}] as first_source_id,
            keyword, first_keyword, page, referrer, two_touches,
            (lot < 0.8)::int as answered, (lot >= 0.8 and lot < 0.95)::int as missed,
            (lot >= 0.95)::int as voicemails, (other < 0.6)::int as first_time,
            (other < 0.4)::int as leads, (other < 0.1)::int as good_leads,
            (lot * 300)::int as duration, case when other < 0.1 then 20000 else 0 end as value
       from (select date_trunc('day', now()) - floor(random() * ${days}) * interval '1 day'
                    + (random() + random()) / 2 * interval '1 day' as at,
                    ${rank(rows.length)} as tracker, ${keyword} as keyword, ${keyword} as first_keyword,
                    'www.example.com/page-' || ${rank(PAGES)} as page,
                    'site-' || ${rank(REFERRERS)} || '.example' as referrer,
                    random() < 0.25 as two_touches, random() as lot, random() as other
               from generate_series(1, ${calls})) call`,
  );
  await client.query('analyze drawn');
}

/** Sorting at the end is faster than keeping an index meanwhile. @returns what makes them again */
async function dropIndexes(client: PoolClient): Promise<string[]> {
  const { rows } = await client.query<{ definition: string }>(
    `select case when indexname = 'report_bucket_pkey'
                 then 'alter table report_bucket add primary key ' || substring(indexdef from '\\(.*\\)')
                 else indexdef end as definition
       from pg_indexes where tablename = 'report_bucket'`,
  );
  await client.query(
    'alter table report_bucket drop constraint report_bucket_pkey; drop index report_bucket_by_size',
  );
  return rows.map(({ definition }) => definition);
}

const SUMMED = `count(*) * weight, sum(answered) * weight, sum(missed) * weight, 0, sum(voicemails) * weight,
  sum(first_time) * weight, sum(leads) * weight, sum(good_leads) * weight, sum(duration) * weight, sum(value) * weight`;

async function addCut(
  client: PoolClient,
  [accountId, companyId]: [string, string],
  { cut, trackerId, sourceId, word, weight, from = 'drawn where true' }: Cut,
  span: string,
  when: string,
): Promise<void> {
  const key = [
    `date_trunc('${span}', at)`,
    trackerId ?? `'${NONE}'::uuid`,
    sourceId ?? `'${NONE}'::uuid`,
    word ?? `''::text`,
  ];
  await client.query(
    `insert into report_bucket
     select '${accountId}', '${companyId}', 'CALL', '${cut}', '${span}', ${key.join(', ')},
            ${SUMMED.replaceAll('weight', `${weight}::bigint`)}
       from ${from} and (${when}) group by ${key.join(', ')}`,
  );
}

async function addLonger(client: PoolClient, span: string): Promise<void> {
  const key = `account_id, company_id, kind, cut`;
  await client.query(
    `insert into report_bucket
     select ${key}, '${span}', date_trunc('${span}', starts_at), tracker_id, source_id, word,
            sum(interactions), sum(answered), sum(missed), 0, sum(voicemails), sum(first_time), sum(leads),
            sum(good_leads), sum(duration_seconds), sum(value_cents)
       from report_bucket where span = 'DAY'
      group by ${key}, date_trunc('${span}', starts_at), tracker_id, source_id, word`,
  );
}
