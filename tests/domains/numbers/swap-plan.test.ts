// What a visitor's page costs does not grow with the numbers of others, nor with those that a company had before.
import { expect, it } from 'vitest';
import { readSwapMark, readSwapTrackers } from '#domains/numbers/index.ts';
import { openTown } from '#tests/domains/interactions/town.ts';

const town = await openTown();
const POOL = 1_000;

it('a pool of a thousand numbers among twenty thousand others is read by its own index entries', async () => {
  const people = await town.settle();
  const { accountId, companyId, otherCompanyId } = people;
  let filled = 0;
  const fill = async (company: string, trackers: number, numbers: number, status: string) => {
    await town.db.pool.query(
      `with source_made as (
         insert into source (account_id, id, company_id, name)
         select $1, uuidv7(), $2, 'Source of ' || $5 returning id
       ), made as (
         insert into tracker (account_id, id, company_id, source_id, name, type, destination, overflow, created_at)
         select $1, uuidv7(), $2, source_made.id, 'Pool ' || n, 'SESSION', '+13125550177',
                'ORIGINAL_NUMBER', $6::timestamptz from source_made, generate_series(1, $3::int) n
         returning id
       )
       insert into phone_number (account_id, id, company_id, tracker_id, number, status, created_at)
       select $1, uuidv7(), $2, made.id, '+1415' || lpad(($7::int + row_number() over ())::text, 7, '0'),
              $5::phone_number_status, $6::timestamptz
         from made, generate_series(1, $4::int)`,
      [accountId, company, trackers, numbers, status, town.clock.now(''), filled],
    );
    filled += trackers * numbers;
  };
  await fill(companyId, 1, POOL, 'ACTIVE');
  await fill(otherCompanyId, 10, 2_000, 'ACTIVE');
  await town.db.pool.query(
    `insert into phone_number (account_id, id, company_id, tracker_id, number, status, created_at)
     select account_id, uuidv7(), company_id, tracker_id, number, 'RELEASED', created_at
       from phone_number where company_id = $1`,
    [companyId],
  );
  await town.db.pool.query('vacuum analyze phone_number, tracker, source, company');

  const [pool] = await readSwapTrackers(town.db, accountId, companyId);
  expect(pool?.numbers).toHaveLength(POOL);
  const plans: string[] = [];
  const explaining = {
    pool: {
      query: async ({ text, values }: { text: string; values: unknown[] }) => {
        const { rows } = await town.db.pool.query(`explain (analyze, costs off) ${text}`, values);
        plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'));
        return { rows: [] };
      },
    },
  };
  await readSwapTrackers(explaining as never, accountId, companyId);
  await readSwapMark(explaining as never, accountId, companyId);
  expect(plans).toHaveLength(2);
  for (const plan of plans) {
    expect(plan).toContain('phone_number_shown');
    expect(plan).not.toMatch(/Seq Scan on phone_number/);
    const read = [...plan.matchAll(/phone_number_shown.*rows=([\d.]+)/g)].map(([, n]) => Number(n));
    expect(read).toEqual([POOL]);
  }
});
