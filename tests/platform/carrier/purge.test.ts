// What crossed the wire to the carrier is kept for a month, and what is not settled for as long as it takes.
import { expect, it } from 'vitest';
import { openInbox, purgeCarrierTables } from '#platform/carrier/index.ts';
import { openSecrets } from '#platform/secrets/index.ts';
import { freshDatabase } from '#tests/support/database.ts';

const secrets = openSecrets(Buffer.alloc(32, 7));

const { db } = await freshDatabase();
const now = new Date('2026-11-23T10:00:00Z');

await db.pool.query(
  `insert into carrier_event (account_id, id, kind, session, occurred_at, received_at, body, state)
   select '0190a1b2-0000-7000-8000-00000000000a', state::text || n, 'call.answered', 's', t, t, '{}', state
     from generate_series(1, 2500) n, unnest(array['RECEIVED', 'DONE', 'IGNORED', 'FAILED']::carrier_event_state[]) state,
          lateral (select $1::timestamptz - interval '30 days' + (n - 1250) * interval '1 minute' as t) at
    where state = 'DONE' or n <= 3 or n >= 2498`,
  [now.toISOString()],
);
await db.pool.query(
  `insert into carrier_command (account_id, id, subject, lane, n, kind, params, state, created_at, next_try_at, deadline_at)
   select '0190a1b2-0000-7000-8000-00000000000a', uuidv7(), 'call:1', 'caller', n, 'answer', '{}', state, t, t, t
     from generate_series(1, 2) n, unnest(array['WAITING', 'DONE', 'REFUSED', 'LAPSED']::carrier_command_state[]) state,
          lateral (select $1::timestamptz - interval '31 days' + (n - 1) * interval '2 days' as t) at`,
  [now.toISOString()],
);
await db.pool.query('analyze');

it('failed events are found by an index of their own', async () => {
  const plans: string[] = [];
  const explaining = {
    query: async (text: string, values: unknown[]) => {
      const { rows } = await db.pool.query(`explain ${text}`, values);
      plans.push(JSON.stringify(rows));
      return { rows: [], rowCount: 0 };
    },
  };
  const inbox = openInbox({ pool: explaining as never }, secrets, { error() {} });
  await inbox.failed(100);
  await inbox.replay(null);
  expect(plans).toHaveLength(2);
  for (const plan of plans) expect(plan).toContain('carrier_event_failed');
});

it('settled events and commands older than 30 days are dropped, chunk by chunk', async () => {
  // 1,249 done, 3 ignored, and a done, a refused and a lapsed command
  expect(await purgeCarrierTables(db, now)).toBe(1_249 + 3 + 3);
  const events = await db.prisma.carrierEvent.groupBy({ by: ['state'], _count: true });
  expect(Object.fromEntries(events.map((one) => [one.state, one._count]))).toEqual({
    RECEIVED: 6,
    DONE: 1_251,
    IGNORED: 3,
    FAILED: 6,
  });
  const commands = await db.prisma.carrierCommand.groupBy({ by: ['state'], _count: true });
  expect(Object.fromEntries(commands.map((one) => [one.state, one._count]))).toEqual({
    WAITING: 2,
    DONE: 1,
    REFUSED: 1,
    LAPSED: 1,
  });
  expect(await purgeCarrierTables(db, now)).toBe(0);
});
