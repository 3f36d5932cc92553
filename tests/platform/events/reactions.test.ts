// Reactions: which event starts which job, from where a new one begins, and what is refused.

import { pino } from 'pino';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineReaction, type Reaction, runReactions } from '#platform/events/reactions.ts';
import { defineJob, openJobs } from '#platform/jobs/index.ts';
import { freshDatabase } from '#tests/support/database.ts';
import { append, event, newAccount, openLog, silent } from './makers.ts';

const { db } = await freshDatabase();
const log = await openLog(db);
const job = defineJob({
  name: 'tests.note',
  payload: z.object({ reaction: z.string(), n: z.number() }),
  retryLimit: 0,
  retryDelaySeconds: 0,
  expireInSeconds: 60,
});
const jobs = await openJobs({ db, log: silent, definitions: [job] });
afterAll(() => jobs.stop());

let made = 0;
function reaction(
  more: Partial<Parameters<typeof defineReaction<{ reaction: string; n: number }>>[0]> = {},
) {
  made += 1;
  const name = `tests.reaction-${made}`;
  return defineReaction({
    name,
    on: ['call.updated'],
    job,
    payload: ({ payload }) => ({ reaction: name, n: Number(payload.n) }),
    ...more,
  });
}

async function run(reactions: Reaction[], told = silent) {
  const running = await runReactions({ db, log: told, jobs, reactions });
  afterAll(() => running.stop());
  return running;
}

/** The events that a reaction has made jobs for, in order. */
async function jobsOf({ name }: Reaction): Promise<number[]> {
  const { rows } = await db.pool.query<{ n: number }>(
    `select (data->>'n')::int as n from pgboss.job where data->>'reaction' = $1 order by 1`,
    [name],
  );
  return rows.map((row) => row.n);
}

const write = (...ns: number[]) =>
  append(
    db,
    log,
    newAccount(),
    ns.map((n) => event(n)),
  );
const range = (count: number) => Array.from({ length: count }, (_, n) => n);

describe('a reaction', () => {
  it('makes one job for each event that it wants, also past a page, and none where it answers null', async () => {
    const odd = reaction();
    const all = defineReaction<{ reaction: string; n: number }>({
      ...odd,
      name: `${odd.name}-odd`,
      payload: ({ payload }) =>
        Number(payload.n) % 2 ? { reaction: `${odd.name}-odd`, n: Number(payload.n) } : null,
    });
    const other = reaction({ on: ['call.ended'] });
    const running = await run([odd, all, other]);
    await write(...range(450));
    await running.drained();
    expect(await jobsOf(odd)).toEqual(range(450));
    expect(await jobsOf(all)).toEqual(range(450).filter((n) => n % 2));
    expect(await jobsOf(other)).toEqual([]);
  });

  it('that gathers makes one job for all events of one thing', async () => {
    const one = reaction({
      gathers: ({ payload }) => (Number(payload.n) < 40 ? String(Number(payload.n) % 2) : null),
    });
    const running = await run([one]);
    await write(30, 31, 32, 33, 40, 41);
    await running.drained();
    expect(await jobsOf(one)).toEqual([30, 31, 40, 41]);
  });

  it('that is new begins now, or at the beginning when it says so', async () => {
    await write(7_001);
    const [fresh, whole] = [reaction(), reaction({ startAt: 'beginning' })];
    // "now" is where the oldest open transaction of the cluster stands: past the first event once it has been seen
    const before = await run([whole]);
    await before.drained();
    const running = await run([fresh]);
    await write(7_002);
    await Promise.all([running.drained(), before.drained()]);
    expect(await jobsOf(fresh)).toEqual([7_002]);
    expect(await jobsOf(whole)).toEqual(expect.arrayContaining([7_001, 7_002]));
  });

  it('goes on where it stopped', async () => {
    const one = reaction();
    const before = await run([one]);
    await write(1);
    await before.drained();
    await before.stop();
    await write(2);
    const after = await run([one]);
    await after.drained();
    expect(await jobsOf(one)).toEqual([1, 2]);
  });

  it('run by two processes reacts once', async () => {
    const one = reaction();
    const [a, b] = [await run([one]), await run([one])];
    await Promise.all(range(20).map((n) => write(n)));
    await Promise.all([a.drained(), b.drained()]);
    expect(await jobsOf(one)).toEqual(range(20));
  });

  it('whose rule throws holds at that event, says so once, and does not hold the others', async () => {
    const lines: string[] = [];
    const told = pino({ level: 'error' }, { write: (line: string) => void lines.push(line) });
    const healthy = reaction();
    const stuck = reaction({
      payload: ({ payload }) => {
        if (payload.n === 2) throw new Error('cannot be');
        return { reaction: 'stuck', n: Number(payload.n) };
      },
    });
    const running = await run([healthy, stuck], told);
    await write(1, 2, 3);
    await expect.poll(() => jobsOf(healthy), { timeout: 10_000 }).toEqual([1, 2, 3]);
    expect(await jobsOf({ ...stuck, name: 'stuck' })).toEqual([1]);
    await write(4);
    await expect.poll(() => jobsOf(healthy), { timeout: 10_000 }).toEqual([1, 2, 3, 4]);
    await running.stop();
    expect(lines.filter((line) => line.includes('stuck at an event'))).toHaveLength(1);
    const mended = { ...reaction(), name: stuck.name };
    const again = await run([mended]);
    await again.drained();
    expect(await jobsOf({ ...stuck, name: 'stuck' })).toEqual([1]);
    const { rows } = await db.pool.query<{ n: number }>(
      `select (data->>'n')::int as n from pgboss.job where data->>'reaction' = $1 order by 1`,
      [`tests.reaction-${made}`],
    );
    expect(rows.map((row) => row.n)).toEqual([2, 3, 4]);
  });
});

describe('start-up is refused', () => {
  it('with two reactions of one name', async () => {
    const one = reaction();
    await expect(run([one, { ...one }])).rejects.toThrow(`Two reactions are named ${one.name}`);
  });

  it('with a job that nobody knows', async () => {
    const one = reaction({ job: defineJob({ ...job, name: 'tests.unknown' }) });
    await expect(run([one])).rejects.toThrow('starts the unknown job tests.unknown');
  });
});
