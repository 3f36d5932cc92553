// The hot list of calls reads what it shows, not what is kept: the database's own plans say by which index.
import { expect, it, vi } from 'vitest';
import { createAccount, createCompany, systemViewer } from '#domains/accounts/index.ts';
import { type CallFilter, listCalls } from '#domains/calls/read-calls.ts';
import { listLeads } from '#domains/leads/read-leads.ts';
import { systemClock } from '#platform/clock/index.ts';
import { freshDatabase } from '#tests/support/database.ts';
import { fillCalls } from '../../../bench/stage/fill-calls.ts';

const { db } = await freshDatabase();
const platform = { db, clock: systemClock };
const account = await createAccount(platform, { name: 'Busy', mode: 'TEST' });
const viewer = systemViewer(account.id, 'TEST', 'tests');
const company = await createCompany(platform, viewer, { name: 'Garage Doors' });
const small = await createCompany(platform, viewer, { name: 'Roofs' });
await fillCalls(db.pool, { accountId: account.id, companyId: company.id }, 6_000);
const quiet = await makeQuietTracker();
await giveTo(small.id);

/** One of the trackers, whose calls are given to another. */
async function makeQuietTracker(): Promise<string> {
  const trackers = await db.prisma.tracker.findMany({ take: 2, orderBy: { id: 'asc' } });
  const [busy, quiet] = trackers.map(({ id }) => id) as [string, string];
  await db.prisma.call.updateMany({ where: { trackerId: quiet }, data: { trackerId: busy } });
  return quiet;
}

/** Moves a tenth of the interactions to a company. */
async function giveTo(companyId: string): Promise<void> {
  await db.pool.query(
    `update interaction set company_id = $2 where account_id = $1 and extract(second from occurred_at)::int % 10 = 0`,
    [account.id, companyId],
  );
  await db.pool.query('vacuum analyze');
}

interface Plan {
  'Node Type': string;
  'Index Name'?: string;
  Plans?: Plan[];
}

const flat = (plan: Plan): string[] => [
  plan['Index Name'] ?? plan['Node Type'],
  ...(plan.Plans ?? []).flatMap(flat),
];
async function explain(text: string, values: unknown[]): Promise<string[]> {
  const { rows } = await db.pool.query(`explain (format json) ${text}`, values);
  return flat(rows[0]['QUERY PLAN'][0].Plan);
}

/** The plan of the page that a filter shows: its nodes and indexes, outermost first. */
async function planOf(filter: CallFilter): Promise<string[]> {
  let plan: string[] = [];
  const explaining = {
    query: async ({ text, values }: { text: string; values: unknown[] }) => {
      plan = await explain(text, values);
      return db.pool.query(text, values);
    },
  };
  const page = { limit: 51, after: null, direction: 'desc' as const };
  await listCalls({ pool: explaining as never }, viewer, filter, page);
  return plan;
}

it.each<[string, CallFilter, string]>([
  ['all calls', {}, 'interaction_account_id_kind_occurred_at_id_idx'],
  ['the calls that go on', { states: ['RINGING', 'IN_PROGRESS'] }, 'call_going_on'],
  ['the calls of a quiet tracker', { trackerIds: [quiet] }, 'call_account_id_tracker_id_idx'],
])('%s are read by their index', async (_what, filter, index) => {
  expect(await planOf(filter)).toContain(index);
});

it('the calls of one company come in order out of its index', async () => {
  const plan = await planOf({ companyIds: [small.id] });
  expect(plan).toContain('interaction_account_id_company_id_kind_occurred_at_id_idx');
  expect(plan).not.toContain('Sort');
});

it('the leads of all companies come in order out of an index', async () => {
  const newest =
    'select id from lead where account_id = $1 order by created_at desc, id desc limit 51';
  expect(await explain(newest, [account.id])).toEqual([
    'Limit',
    'lead_account_id_created_at_id_idx',
  ]);
});

it('a later page of the leads begins at its place in the index', async () => {
  const after = await db.prisma.lead.findFirstOrThrow({
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    skip: 40,
  });
  const asked: { text: string; values: unknown[] }[] = [];
  const query: (one: unknown) => unknown = db.pool.query;
  const spy = vi.spyOn(db.pool, 'query').mockImplementation(((statement: (typeof asked)[0]) => {
    asked.push(statement);
    return query.call(db.pool, statement);
  }) as never);
  const page = await listLeads(platform, viewer, {
    ...{ filter: {}, direction: 'desc', limit: 51 },
    after: { value: after.createdAt.toISOString(), id: after.id },
  }).finally(() => spy.mockRestore());
  expect(page.every(({ createdAt }) => createdAt <= after.createdAt)).toBe(true);
  const [{ text, values }] = asked as [(typeof asked)[0]];
  const { rows } = await db.pool.query(`explain ${text}`, values);
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
  expect(plan).toContain('lead_account_id_created_at_id_idx');
  expect(plan).toMatch(/Index Cond: .*created_at <= /);
});
