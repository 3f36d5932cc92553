// What it costs to give a number away: the same for a pool of ten and of a thousand, told by the planner's own count. And by
// which indexes a visitor's sessions, their source and a session's forms are found.
import { expect, it } from 'vitest';
import { writeGrant } from '#domains/visitors/store-grants.ts';
import { askPool, askPoolForNewcomer } from '#domains/visitors/store-leases.ts';
import type { SqlTx } from '#platform/db/index.ts';
import { openTown } from '#tests/domains/interactions/town.ts';

const town = await openTown();
const { prisma, pool } = town.db;
const SIZES = [10, 1_000];
/** beside them, or the table is so small that it is read through whatever is asked */
const OTHERS = 20_000;
const POOL = { held: 0, level: 0, exhaustedAt: null, version: 1 };

/** A pool whose numbers were all held, the first half until long ago, the other half still. */
async function fill(accountId: string, companyId: string, size: number): Promise<string> {
  const source = await prisma.source.create({
    data: { accountId, id: crypto.randomUUID(), companyId, name: `Source ${size}` },
  });
  const trackerId = crypto.randomUUID();
  const createdAt = town.clock.now(accountId);
  await prisma.tracker.create({
    data: {
      accountId,
      id: trackerId,
      companyId,
      sourceId: source.id,
      name: `Pool of ${size}`,
      type: 'SESSION',
      destination: '+13125550177',
      overflow: 'ORIGINAL_NUMBER',
      createdAt,
    },
  });
  await prisma.numberPool.create({
    data: { accountId, trackerId, companyId, numbersKey: '', total: size },
  });
  const ids = [accountId, trackerId, companyId, createdAt];
  await pool.query(
    `insert into phone_number (account_id, id, tracker_id, company_id, created_at, number, status)
     select $1, gen_random_uuid(), $2, $3, $4, '+1' || ($5::int + 2000) || (5550000 + n), 'ACTIVE'
       from generate_series(0, $5::int - 1) n`,
    [...ids, size],
  );
  await pool.query(
    `insert into pool_number (account_id, phone_number_id, tracker_id, leased_until, is_held, visitor_id, session_id, lease_id)
     select account_id, id, tracker_id, created_at + (n - $3::int / 2) * interval '1 minute', n >= $3::int / 2,
            gen_random_uuid(), gen_random_uuid(), gen_random_uuid()
       from (select *, row_number() over (order by number) - 1 as n from phone_number
              where account_id = $1 and tracker_id = $2) numbered`,
    [accountId, trackerId, size],
  );
  return trackerId;
}

/** A visitor with a session, who has no number yet. */
async function visit(accountId: string, companyId: string) {
  const source = await prisma.source.findFirstOrThrow({ where: { accountId } });
  const [id, visitorId] = [crypto.randomUUID(), crypto.randomUUID()];
  const at = town.clock.now(accountId);
  const own = { accountId, companyId };
  await prisma.visitor.create({
    data: { ...own, id: visitorId, firstSeenAt: at, lastSeenAt: at },
  });
  const empty = { network: '', sourceName: '', medium: '', campaign: '', term: '', content: '' };
  await prisma.visitorSession.create({
    data: {
      ...{ ...own, id, visitorId, sourceId: source.id, ...empty, ruleId: '', device: 'DESKTOP' },
      ...{ landingUrl: '', referrer: '', setsSource: true, startedAt: at, lastSeenAt: at },
    },
  });
  return { id, visitorId };
}

interface Plan {
  'Node Type': string;
  'Index Name'?: string;
  'Relation Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Shared Hit Blocks': number;
  'Shared Read Blocks': number;
  Plans?: Plan[];
}
const flat = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(flat)];

interface Statement {
  text: string;
  values: unknown[];
}

/** The statement that this runs, as the database would get it; it is answered that there is nothing. */
async function statementOf(work: (tx: SqlTx) => Promise<unknown>): Promise<Statement> {
  const heard: Statement[] = [];
  const query = async (statement: Statement) => {
    heard.push(statement);
    return { rows: [] };
  };
  await work({ query } as unknown as SqlTx);
  expect(heard).toHaveLength(1);
  return heard[0] as Statement;
}

/** The parts of a plan, as run. */
async function explain(
  client: Pick<typeof pool, 'query'>,
  { text, values }: Statement,
): Promise<Plan[]> {
  const { rows } = await client.query(`explain (analyze, buffers, format json) ${text}`, values);
  return flat(rows[0]['QUERY PLAN'][0].Plan);
}

/** The blocks that a statement touched, once it is seen that it found each number and lease by an index. */
function costOf([whole, ...parts]: Plan[]): number {
  for (const part of parts) {
    const relation = part['Relation Name'] ?? '';
    if (!/^(pool_number|number_lease)$/.test(relation) || part['Node Type'] === 'ModifyTable')
      continue;
    expect(part['Node Type'], JSON.stringify(part)).toMatch(/Index/);
    expect(part['Actual Rows'] * part['Actual Loops'], relation).toBeLessThanOrEqual(2);
    expect(part['Rows Removed by Filter'] ?? 0, relation).toBeLessThanOrEqual(2);
  }
  return (whole?.['Shared Hit Blocks'] ?? 0) + (whole?.['Shared Read Blocks'] ?? 0);
}

it('asks for a number and gives it away by indexes, and touches no more of a larger pool', async () => {
  const { accountId, companyId } = await town.settle();
  const trackers: string[] = [];
  for (const size of SIZES) trackers.push(await fill(accountId, companyId, size));
  await fill(accountId, companyId, OTHERS);
  await pool.query('vacuum analyze pool_number');
  const now = town.clock.now(accountId);
  const costs: Record<string, number[]> = { ask: [], askAhead: [], grant: [] };
  for (const trackerId of trackers) {
    const client = await pool.connect();
    const run = client as unknown as SqlTx;
    try {
      await client.query('begin');
      const key = { accountId, trackerId };
      const { id, visitorId } = await visit(accountId, companyId);
      const ask = await statementOf((tx) => askPool(tx, key, visitorId, now));
      costs.ask?.push(costOf(await explain(client, ask)));
      const newcomer = { companyId, visitorId: crypto.randomUUID() };
      const askAhead = await statementOf((tx) => askPoolForNewcomer(tx, key, newcomer, now));
      costs.askAhead?.push(costOf(await explain(client, askAhead)));
      expect(await askPoolForNewcomer(run, key, { companyId, visitorId }, now)).toBeNull();
      const asked = await askPool(run, key, visitorId, now);
      // one lease has ended since somebody looked, and the number that is given away is another
      expect(asked).toMatchObject({ ended: 1, slot: { isHeld: false } });
      const given = { slot: asked?.slot ?? null, pool: { ...POOL, held: 1 } };
      const grant = {
        ...given,
        session: { id, visitorId },
        arrivedIn: new Date('2026-03-02T15:00:00Z'),
      };
      const write = await statementOf((tx) => writeGrant(tx, key, grant, now));
      costs.grant?.push(costOf(await explain(client, write)));
    } finally {
      await client.query('rollback');
      client.release();
    }
  }
  for (const [name, [small = 0, large = 0]] of Object.entries(costs)) {
    expect(small, name).toBeGreaterThan(0);
    expect(large, name).toBeLessThanOrEqual(small + 8);
  }
});

it('asks by indexes too while nothing is known of the table, as in a new database', async () => {
  const { accountId, companyId } = await town.settle();
  const trackerId = await fill(accountId, companyId, 1_000);
  const now = town.clock.now(accountId);
  const client = await pool.connect();
  try {
    await client.query('begin; set local plan_cache_mode to force_generic_plan');
    await client.query(`select pg_clear_relation_stats('public', 'pool_number')`);
    await client.query(`delete from pg_statistic where starelid = 'pool_number'::regclass`);
    const ask = await statementOf((tx) => askPool(tx, { accountId, trackerId }, accountId, now));
    costOf(await explain(client, ask));
  } finally {
    await client.query('rollback');
    client.release();
  }
  await pool.query('delete from pool_number where account_id = $1', [accountId]);
});

it('finds a visitor’s sessions with and without a company, their source, and a session’s forms', async () => {
  const { accountId, companyId } = await town.settle();
  const source = await prisma.source.create({
    data: { accountId, id: crypto.randomUUID(), companyId, name: 'Direct' },
  });
  const at = town.clock.now(accountId);
  const stored: [string, unknown[]][] = [
    [
      `insert into visitor (account_id, company_id, id, first_seen_at, last_seen_at)
       select $1, $2, gen_random_uuid(), $3, $3 from generate_series(1, 1000)`,
      [accountId, companyId, at],
    ],
    [
      `insert into visitor_session (account_id, id, company_id, visitor_id, source_id, network, source_name, medium, campaign,
         term, content, rule_id, landing_url, referrer, device, sets_source, started_at, last_seen_at)
       select account_id, gen_random_uuid(), company_id, id, $2, '', '', '', '', '', '', '', '', '', 'DESKTOP', n = 1,
              first_seen_at + n * interval '1 hour', first_seen_at
         from visitor, generate_series(1, 3) n where account_id = $1`,
      [accountId, source.id],
    ],
    [
      `insert into interaction (account_id, id, kind, company_id, occurred_at)
       select account_id, id, 'FORM', company_id, started_at from visitor_session where account_id = $1`,
      [accountId],
    ],
    [
      `insert into form_submission (account_id, id, company_id, form_id, form_name, form_action, page_url, fields, session_id,
         is_first, spam_score, submitted_at)
       select account_id, id, company_id, '', '', '', '', '[]', id, true, 0, started_at
         from visitor_session where account_id = $1`,
      [accountId],
    ],
  ];
  for (const [text, values] of stored) await pool.query(text, values);
  await pool.query('vacuum analyze visitor_session, form_submission, interaction');
  const { visitorId, id } = await prisma.visitorSession.findFirstOrThrow({ where: { accountId } });
  const ids = [accountId, visitorId, companyId];
  const latest = 'order by started_at desc, id desc limit 1';
  const own = 'select id from visitor_session where account_id = $1 and visitor_id = $2';
  const asked: [string, unknown[], RegExp][] = [
    [`${own} ${latest}`, [accountId, visitorId], /account_id_visitor_id/],
    [`${own} and company_id = $3 ${latest}`, ids, /account_id_visitor_id/],
    [`${own} and company_id = $3 and sets_source ${latest}`, ids, /source/],
    [
      `select i.id from interaction i join form_submission f on f.account_id = i.account_id and f.id = i.id
        where i.account_id = $1 and i.kind = 'FORM' and f.session_id = any($2::uuid[])
        order by i.occurred_at desc, i.id desc limit 50`,
      [accountId, [id]],
      /form_submission_session/,
    ],
  ];
  for (const [text, values, index] of asked) {
    const plan = await explain(pool, { text, values });
    expect(plan.map((part) => part['Index Name']).join(), text).toMatch(index);
    expect(Math.max(...plan.map((part) => part['Actual Rows'])), text).toBeLessThanOrEqual(3);
  }
});
