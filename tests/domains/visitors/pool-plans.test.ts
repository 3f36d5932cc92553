// What it costs to give a number away: the same for a pool of ten and of a thousand, told by the planner's own count. And by
// which indexes a visitor's sessions, their source and a session's forms are found.
import { expect, it } from 'vitest';
import { openTown } from '#tests/domains/interactions/town.ts';

const town = await openTown();
const { prisma, pool } = town.db;
const SIZES = [10, 1_000];

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
  const rows = Array.from({ length: size }, (_, n) => ({ id: crypto.randomUUID(), n }));
  await prisma.phoneNumber.createMany({
    data: rows.map(({ id, n }) => ({
      accountId,
      id,
      companyId,
      trackerId,
      number: `+1${size + 2_000}${5_550_000 + n}`,
      status: 'ACTIVE' as const,
      createdAt,
    })),
  });
  await prisma.poolNumber.createMany({
    data: rows.map(({ id, n }) => ({
      accountId,
      phoneNumberId: id,
      trackerId,
      leasedUntil: new Date(createdAt.getTime() + (n - size / 2) * 60_000),
      isHeld: n >= size / 2,
      visitorId: crypto.randomUUID(),
      sessionId: crypto.randomUUID(),
    })),
  });
  return trackerId;
}

interface Plan {
  'Node Type': string;
  'Index Name'?: string;
  'Actual Rows': number;
  'Shared Hit Blocks': number;
  'Shared Read Blocks': number;
  Plans?: Plan[];
}
const flat = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(flat)];

/** The parts of a plan, as run. */
async function explain(text: string, values: unknown[]): Promise<Plan[]> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const { rows } = await client.query(`explain (analyze, buffers, format json) ${text}`, values);
    return flat(rows[0]['QUERY PLAN'][0].Plan);
  } finally {
    await client.query('rollback');
    client.release();
  }
}

it('finds the next number and the visitor’s own by an index, and reads no more of a larger pool', async () => {
  const { accountId, companyId } = await town.settle();
  const trackers: string[] = [];
  for (const size of SIZES) trackers.push(await fill(accountId, companyId, size));
  await pool.query('vacuum analyze pool_number');
  const now = town.clock.now(accountId);
  const asked = {
    next: `select phone_number_id from pool_number where account_id = $1 and tracker_id = $2
             and leased_until <= $3 order by leased_until, phone_number_id limit 1 for update skip locked`,
    own: `select phone_number_id from pool_number where account_id = $1 and tracker_id = $2
             and visitor_id = $3 order by leased_until desc limit 1 for update`,
  };
  for (const [name, text] of Object.entries(asked)) {
    const blocks: number[] = [];
    for (const trackerId of trackers) {
      const third = name === 'next' ? now : crypto.randomUUID();
      const plan = await explain(text, [accountId, trackerId, third]);
      expect(plan.map((part) => part['Node Type']).join(), name).toMatch(/Index/);
      expect(Math.max(...plan.map((part) => part['Actual Rows']))).toBeLessThanOrEqual(1);
      blocks.push((plan[0]?.['Shared Hit Blocks'] ?? 0) + (plan[0]?.['Shared Read Blocks'] ?? 0));
    }
    expect(blocks[1], name).toBeLessThanOrEqual((blocks[0] ?? 0) + 4);
  }
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
  const latest = 'order by started_at desc, id desc limit 1';
  const own = 'select id from visitor_session where account_id = $1 and visitor_id = $2';
  const asked: [string, unknown[], RegExp][] = [
    [`${own} ${latest}`, [accountId, visitorId], /account_id_visitor_id/],
    [
      `${own} and company_id = $3 ${latest}`,
      [accountId, visitorId, companyId],
      /account_id_visitor_id/,
    ],
    [
      `${own} and company_id = $3 and sets_source ${latest}`,
      [accountId, visitorId, companyId],
      /source/,
    ],
    [
      `select i.id from interaction i join form_submission f on f.account_id = i.account_id and f.id = i.id
        where i.account_id = $1 and i.kind = 'FORM' and f.session_id = any($2::uuid[])
        order by i.occurred_at desc, i.id desc limit 50`,
      [accountId, [id]],
      /form_submission_session/,
    ],
  ];
  for (const [text, values, index] of asked) {
    const plan = await explain(text, values);
    expect(plan.map((part) => part['Index Name']).join(), text).toMatch(index);
    expect(Math.max(...plan.map((part) => part['Actual Rows'])), text).toBeLessThanOrEqual(3);
  }
});
