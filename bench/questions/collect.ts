// How long does the collect door take to assign a pool's number to a new visitor, and does a burst of page views arrive
// whole? Each request comes from an address of its own, as visitors do.
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Pool } from 'pg';
import { encodeGlobalId } from '#values/global-id.ts';
import type { BenchAccount } from '../processes/server.ts';
import { judge, ms, percentile, whole } from '../stage/figures.ts';
import { fire, type Shot } from '../stage/load.ts';
import type { Line, Stage } from '../stage/stage.ts';

const AIM_P95_MS = 10;
const AIM_PER_SECOND = 1_000;
const ORIGIN = 'https://bench.example';
const TARGET = '+13125550177';
const NUMBERS = 1_000;
/** 1.7 million visits a day */
const VISITS_PER_SECOND = 20;
/** of a server that has served for a while: a new one still makes its queues and its plans */
const WARM_UP_SECONDS = 10;

/** Asks the question. */
export async function collect(stage: Stage): Promise<Line[]> {
  const databaseUrl = await stage.database('collect');
  const server = await stage.startServer({ DATABASE_URL: databaseUrl, TRUSTED_PROXIES: '1' });
  const pool = stage.pool(databaseUrl);
  const account = await server.ask<BenchAccount>('account', { keys: 1 });
  const key = await makeSite(server.ready.url, account);
  await makePool(pool, account);
  const shot = (path: string, body: object): Shot => ({
    url: `${server.ready.url}/collect/${path}`,
    headers: {
      origin: ORIGIN,
      'user-agent': 'Mozilla/5.0 Chrome/140',
      'x-forwarded-for': address(),
    },
    body: JSON.stringify({ key, at: Date.now(), url: `${ORIGIN}/`, referrer: '', ...body }),
  });
  const sessions: { visitor: string; session: string }[] = [];
  const visits = (count: number): Shot[] =>
    Array.from({ length: count }, () => {
      const ids = { visitor: randomUUID(), id: randomUUID() };
      return shot('visit', { ...ids, consent: 'granted', numbers: [TARGET] });
    });
  const visited = (status: number, text: string): void => {
    if (status !== 200) throw new Error(`A visit was answered ${status}: ${text}`);
  };

  await fire(visits(50), { connections: 2, check: visited });
  await fire(visits(stage.size(WARM_UP_SECONDS, 1) * VISITS_PER_SECOND), {
    connections: 4,
    everyMs: 1_000 / VISITS_PER_SECOND,
    check: visited,
  });
  // autovacuum does so within a minute of the first rows; until then plans are those of empty tables
  await pool.query('analyze');
  await fire(visits(50), { connections: 4, check: visited });
  await server.ask('watchRequests', '/collect/visit');
  const assigned = visits(stage.size(700, 100));
  let given = 0;
  const volley = await fire(assigned, {
    connections: 4,
    everyMs: 1_000 / VISITS_PER_SECOND,
    check: (status, text, { body }) => {
      visited(status, text);
      const { session, swaps } = JSON.parse(text) as { session: string; swaps: unknown[] };
      given += swaps.length;
      const { visitor } = JSON.parse(body) as { visitor: string };
      sessions.push({ visitor, session });
    },
  });

  const servedMs = await server.ask<number[]>('served');
  const [p50, p95] = [percentile(servedMs, 0.5), percentile(servedMs, 0.95)];
  // not at the same time: each would wait for the other's disk
  const commitMs = await commitAlone(pool, stage.size(200, 20));

  const views = Array.from({ length: stage.size(20_000, 1_000) }, (_, n) =>
    shot('page-view', { ...sessions[n % sessions.length], id: randomUUID() }),
  );
  const before = await countViews(pool);
  const burst = await fire(views, {
    connections: 64,
    check: (status, text) => {
      if (status !== 204) throw new Error(`A page view was answered ${status}: ${text}`);
    },
  });
  const lost = views.length - ((await countViews(pool)) - before);
  return [
    {
      question: `collect: a new visitor’s number, of a pool of 1,000; ${VISITS_PER_SECOND} visitors a second`,
      aim: `server p95 < ${AIM_P95_MS} ms`,
      result: `server p50 ${ms(p50)}, p95 ${ms(p95)} (client p50 ${ms(volley.p50Ms)}, p95 ${ms(volley.p95Ms)}); ${given} of ${assigned.length} got one; a bare INSERT afterwards p50 ${ms(percentile(commitMs, 0.5))}, p95 ${ms(percentile(commitMs, 0.95))}`,
      verdict: judge(
        p95 < AIM_P95_MS && servedMs.length === assigned.length && given === assigned.length,
      ),
    },
    {
      question: 'collect: a burst of page views',
      aim: `≥ ${whole(AIM_PER_SECOND)}/s, none lost`,
      result: `${whole(burst.perSecond)}/s, p95 ${whole(burst.p95Ms)} ms, ${lost} of ${whole(views.length)} lost`,
      verdict: judge(burst.perSecond >= AIM_PER_SECOND && lost === 0),
    },
  ];
}

/** One row after another, each in a transaction of its own, as often as visitors come: what the disk alone takes. */
async function commitAlone(pool: Pool, rows: number): Promise<number[]> {
  const times: number[] = [];
  await pool.query('create table bare (at double precision)');
  for (let n = 0; n < rows; n += 1) {
    const from = performance.now();
    await pool.query('insert into bare values ($1)', [from]);
    times.push(performance.now() - from);
    await setTimeout(1_000 / VISITS_PER_SECOND);
  }
  await pool.query('drop table bare');
  return times;
}

let addresses = 0;
function address(): string {
  addresses += 1;
  return `10.${(addresses >> 16) & 255}.${(addresses >> 8) & 255}.${addresses & 255}`;
}

async function makeSite(url: string, { apiKeys, companyId }: BenchAccount): Promise<string> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKeys[0]}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      query: `mutation($input: UpdateSiteInput!) { updateSite(input: $input) { site { publishableKey } userErrors { message } } }`,
      variables: {
        input: {
          companyId: encodeGlobalId('Company', companyId),
          domains: ['bench.example'],
        },
      },
    }),
  });
  const { data, errors } = (await response.json()) as {
    data?: { updateSite: { site: { publishableKey: string } | null } };
    errors?: unknown;
  };
  const site = data?.updateSite.site;
  if (!site) throw new Error(`The bench got no site: ${JSON.stringify(errors ?? data)}`);
  return site.publishableKey;
}

async function makePool(pool: Pool, { accountId, companyId }: BenchAccount): Promise<void> {
  const [source, tracker] = [randomUUID(), randomUUID()];
  await pool.query(
    `insert into source (account_id, id, company_id, name) values ($1, $2, $3, 'Bench')`,
    [accountId, source, companyId],
  );
  await pool.query(
    `insert into tracker (account_id, id, company_id, source_id, name, type, destination, overflow, created_at)
     values ($1, $2, $3, $4, 'Bench', 'SESSION', $5, 'ORIGINAL_NUMBER', clock_timestamp())`,
    [accountId, tracker, companyId, source, TARGET],
  );
  await pool.query(
    `insert into phone_number (account_id, id, company_id, tracker_id, number, status, created_at)
     select $1, gen_random_uuid(), $2, $3, '+1415' || (5550000 + n), 'ACTIVE', clock_timestamp()
       from generate_series(1, $4) n`,
    [accountId, companyId, tracker, NUMBERS],
  );
}

async function countViews(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    'select count(*)::int as count from page_view',
  );
  return rows[0]?.count ?? 0;
}
