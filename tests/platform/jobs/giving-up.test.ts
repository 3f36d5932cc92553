// What a job that fails to the last comes to, also when its process died; and that a stop is no failure.
import { describe, expect, it } from 'vitest';
import { openJobs } from '#platform/jobs/index.ts';
import { countJobs } from '#tests/support/count-jobs.ts';
import { openWorkshop } from './workshop.ts';

const { db, log, logged, newJob, open, recorder } = await openWorkshop();

describe('a job', () => {
  it('that fails to the last is given up with what the last try threw', async () => {
    const job = newJob({ retryLimit: 1 });
    const jobs = await open(job);
    const given: unknown[] = [];
    const { handler, tries } = recorder(job, async (_payload, { attempt }) => {
      throw new Error(`no luck ${attempt}`);
    });
    const giveUp = async (...args: unknown[]) => {
      given.push(args);
      return 'given-up';
    };
    await jobs.work([{ ...handler, giveUp }]);
    await db.transaction((tx) => jobs.enqueue(tx, job, { id: '7' }));
    const all = await logged(job, 3);
    expect(tries).toHaveLength(2);
    expect(given).toEqual([[{ id: '7' }, new Error('no luck 2')]]);
    expect(all.at(-1)).toMatchObject({ outcome: 'given-up' });
  });

  it('whose last try ended without giving up, as of a killed process, is given up later', async () => {
    const job = newJob();
    const jobs = await open(job);
    const given: unknown[] = [];
    const { handler } = recorder(job, async () => {
      throw new Error('no luck');
    });
    const giveUp = async (payload: unknown, error: unknown) => {
      given.push([payload, error]);
      // as when the process dies here
      if (error) throw new Error('the database is away');
      return 'given-up';
    };
    await jobs.work([{ ...handler, giveUp }]);
    await db.transaction((tx) => jobs.enqueue(tx, job, { id: '8' }));
    await expect.poll(() => given.length, { timeout: 30_000 }).toBe(2);
    expect(given[1]).toEqual([{ id: '8' }, null]);
  });
});

it('of what failed pg-boss keeps no word: errors of the database quote rows', async () => {
  const job = newJob({ retryLimit: 1 });
  const jobs = await open(job);
  const { handler } = recorder(job, async () => {
    const detail = 'Key (number)=(+13125550143) exists';
    throw Object.assign(new Error(detail), { detail, cause: new Error(detail) });
  });
  const giveUp = async (_payload: unknown, error: unknown) => {
    throw error ?? new Error('+13125550143 is still there');
  };
  await jobs.work([{ ...handler, giveUp }]);
  await db.transaction((tx) => jobs.enqueue(tx, job, { id: '11' }));
  const outputs = async () => {
    const { rows } = await db.pool.query<{ output: string }>(
      `select output::text from pgboss.job where name like $1 and output is not null`,
      [`${job.name}%`],
    );
    return rows.map(({ output }) => output);
  };
  await expect.poll(outputs, { timeout: 30_000 }).toHaveLength(2);
  for (const output of await outputs()) {
    expect(output).toContain('see the log');
    expect(output).not.toContain('5550143');
  }
});

describe('a stop', () => {
  it('that cannot wait gives the job in hand back with all its tries, and nobody gives it up', async () => {
    const job = newJob();
    const first = await openJobs({ db, log, definitions: [job], graceMs: 0 });
    let givenUp = 0;
    const giveUp = async () => {
      givenUp += 1;
      return 'given-up';
    };
    const { handler, tried } = recorder(
      job,
      (_payload, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason));
        }),
    );
    await first.work([{ ...handler, giveUp }]);
    await db.transaction((tx) => first.enqueue(tx, job, { id: '9' }, { singletonKey: 'nine' }));
    await tried(1);
    await first.stop();
    const second = await open(job);
    expect(await countJobs(db.pool, job.name)).toEqual({ waiting: 1, running: 0, failed: 0 });
    const again = recorder(job);
    await second.work([{ ...again.handler, giveUp }]);
    await again.tried(1);
    expect(again.tries[0]).toMatchObject({ payload: { id: '9' }, job: { attempt: 1 } });
    expect(givenUp).toBe(0);
  });

  it('of the work alone leaves the door for new jobs open, and takes none', async () => {
    const job = newJob();
    const jobs = await open(job);
    const { handler, tries } = recorder(job);
    await jobs.work([handler]);
    await jobs.rest();
    await db.transaction((tx) => jobs.enqueue(tx, job, { id: '1' }));
    expect((await countJobs(db.pool, job.name)).waiting).toBe(1);
    expect(tries).toEqual([]);
  });
});
