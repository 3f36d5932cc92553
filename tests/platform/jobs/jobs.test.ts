// Jobs: enqueued with a transaction, done by handlers, tried again, refused when something is missing.
import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  type AnyJobHandler,
  defineJob,
  type JobDefinition,
  type JobTry,
  openJobs,
} from '#platform/jobs/index.ts';
import { freshDatabase } from '#tests/support/database.ts';

const { db } = await freshDatabase();

const lines: Record<string, unknown>[] = [];
const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line)) });

let made = 0;
const newJob = (more: Partial<JobDefinition<{ id: string }>> = {}) => {
  made += 1;
  return defineJob({
    name: `tests.job-${made}`,
    payload: z.object({ id: z.string() }),
    retryLimit: 0,
    retryDelaySeconds: 0,
    expireInSeconds: 30,
    ...more,
  });
};

async function open(...definitions: JobDefinition<{ id: string }>[]) {
  const jobs = await openJobs({ db, log, definitions });
  afterAll(() => jobs.stop());
  return jobs;
}

/** A handler that keeps what it was given and a promise for the n-th try. */
function recorder(
  definition: JobDefinition<{ id: string }>,
  run: (payload: { id: string }, job: JobTry) => Promise<string> = async () => 'seen',
) {
  const tries: { payload: { id: string }; job: JobTry }[] = [];
  const waiting: (() => void)[] = [];
  const handler: AnyJobHandler = {
    definition,
    async run(payload, job) {
      tries.push({ payload, job });
      for (const look of waiting) look();
      return run(payload, job);
    },
  };
  const tried = (count: number) =>
    new Promise<void>((resolve) => {
      const look = () => tries.length >= count && resolve();
      waiting.push(look);
      look();
    });
  return { handler, tries, tried };
}

const linesOf = (definition: JobDefinition<unknown>) =>
  lines.filter((line) => line.job === definition.name);

async function logged(definition: JobDefinition<unknown>, count: number) {
  await expect.poll(() => linesOf(definition).length, { timeout: 10_000 }).toBe(count);
  return linesOf(definition);
}

describe('a job', () => {
  it('is done after its transaction has committed, at once, and its outcome is logged', async () => {
    const job = newJob();
    const jobs = await open(job);
    const { handler, tries, tried } = recorder(job);
    await jobs.work([handler]);
    const id = randomUUID();
    await db.transaction(async (tx) => {
      await jobs.enqueue(tx, job, { id });
    });
    await tried(1);
    expect(tries[0]).toMatchObject({ payload: { id }, job: { attempt: 1 } });
    const [line] = await logged(job, 1);
    expect(line).toMatchObject({ outcome: 'seen', jobId: tries[0]?.job.id, attempt: 1 });
    expect(JSON.stringify(line)).not.toContain(id);
  });

  it('does not exist when its transaction rolls back', async () => {
    const job = newJob();
    const jobs = await open(job);
    const refused = db.transaction(async (tx) => {
      await jobs.enqueue(tx, job, { id: 'lost' });
      throw new Error('on purpose');
    });
    await expect(refused).rejects.toThrow('on purpose');
    expect(await jobs.counts()).toEqual({ [job.name]: { waiting: 0, running: 0, failed: 0 } });
  });

  it('is tried again as often as it may, and each failure is logged once', async () => {
    const job = newJob({ retryLimit: 2 });
    const jobs = await open(job);
    const { handler, tries, tried } = recorder(job, async () => {
      throw new Error('no luck');
    });
    await jobs.work([handler]);
    await db.transaction((tx) => jobs.enqueue(tx, job, { id: 'a secret word' }));
    await tried(3);
    expect(tries.map((one) => one.job.attempt)).toEqual([1, 2, 3]);
    const failures = await logged(job, 3);
    expect(failures.map((line) => line.msg)).toEqual([
      'job failed; it will be tried again',
      'job failed; it will be tried again',
      'job failed for good',
    ]);
    expect(JSON.stringify(failures)).not.toContain('a secret word');
  });

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

  it('waits or runs once for a singleton key, and may come again afterwards', async () => {
    const job = newJob();
    const jobs = await open(job);
    const add = (id: string, key: string) =>
      db.transaction((tx) => jobs.enqueue(tx, job, { id }, { singletonKey: key }));
    await add('1', 'a');
    await add('2', 'a');
    await add('3', 'b');
    expect((await jobs.counts())[job.name]?.waiting).toBe(2);
    const { handler, tries, tried } = recorder(job);
    await jobs.work([handler]);
    await tried(2);
    await logged(job, 2);
    await expect
      .poll(async () => {
        await add('4', 'a');
        return tries.some((one) => one.payload.id === '4');
      })
      .toBe(true);
  });

  it('waits for its start time', async () => {
    const job = newJob();
    const jobs = await open(job);
    const { handler, tries, tried } = recorder(job);
    await jobs.work([handler]);
    await db.transaction(async (tx) => {
      await jobs.enqueue(tx, job, { id: 'later' }, { startAfter: new Date('2999-01-01') });
      await jobs.enqueue(tx, job, { id: 'now' });
    });
    await tried(1);
    await logged(job, 1);
    expect(tries.map((one) => one.payload.id)).toEqual(['now']);
  });

  it('is refused with a payload of the wrong shape', async () => {
    const job = newJob();
    const jobs = await open(job);
    const refused = db.transaction((tx) => jobs.enqueue(tx, job, { id: 1 as unknown as string }));
    await expect(refused).rejects.toThrow(`A job ${job.name} has a wrong payload. id: `);
  });
});

describe('many jobs', () => {
  it('are added by one call and all done', async () => {
    const job = newJob();
    const jobs = await open(job);
    const { handler, tries, tried } = recorder(job);
    await db.transaction((tx) =>
      jobs.enqueueAll(
        tx,
        job,
        Array.from({ length: 50 }, (_, n) => ({ id: `${n}` })),
      ),
    );
    await jobs.work([{ ...handler, concurrency: 4 }]);
    await tried(50);
    expect(new Set(tries.map((one) => one.payload.id)).size).toBe(50);
  });
});

describe('work', () => {
  it('is refused without a handler for each definition, naming what is missing', async () => {
    const [one, two] = [newJob(), newJob()];
    const jobs = await open(one, two);
    await expect(jobs.work([recorder(one).handler])).rejects.toThrow(
      `No handler works ${two.name}`,
    );
  });

  it('may be worked by several processes, each with its share', async () => {
    const [mine, theirs] = [newJob(), newJob()];
    const jobs = await open(mine, theirs);
    const here = recorder(mine);
    const there = recorder(theirs);
    await jobs.work([here.handler], [there.handler]);
    await db.transaction(async (tx) => {
      await jobs.enqueue(tx, theirs, { id: 'theirs' });
      await jobs.enqueue(tx, mine, { id: 'mine' });
    });
    await here.tried(1);
    expect(there.tries).toEqual([]);
    expect((await jobs.counts())[theirs.name]).toMatchObject({ waiting: 1 });
  });

  it('is refused with two handlers for one job', async () => {
    const job = newJob();
    const jobs = await open(job);
    const twice = [recorder(job).handler, recorder(job).handler];
    await expect(jobs.work(twice)).rejects.toThrow(`Two handlers work the job ${job.name}`);
  });

  it('is refused with a handler of an unknown job', async () => {
    const job = newJob();
    const jobs = await open(job);
    const stranger = recorder(newJob()).handler;
    await expect(jobs.work([recorder(job).handler, stranger])).rejects.toThrow('unknown job');
  });
});

describe('definitions', () => {
  it('must have names of their own', async () => {
    const job = newJob();
    await expect(openJobs({ db, log, definitions: [job, job] })).rejects.toThrow(
      `Two jobs are named ${job.name}`,
    );
  });

  it('must be named by domain and verb', () => {
    expect(() => newJob({ name: 'FetchRecording' })).toThrow('name it <domain>.<verb>');
  });
});

describe('stop', () => {
  it('waits for the job in hand', async () => {
    const job = newJob();
    const jobs = await openJobs({ db, log, definitions: [job] });
    let finish = () => {};
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const { handler, tried } = recorder(job, async () => {
      await finished;
      return 'finished';
    });
    await jobs.work([handler]);
    await db.transaction((tx) => jobs.enqueue(tx, job, { id: '1' }));
    await tried(1);
    const stopping = jobs.stop();
    finish();
    await stopping;
    expect(linesOf(job)).toMatchObject([{ outcome: 'finished' }]);
  });
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
    expect((await second.counts())[job.name]).toEqual({ waiting: 1, running: 0, failed: 0 });
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
    expect((await jobs.counts())[job.name]?.waiting).toBe(1);
    expect(tries).toEqual([]);
  });
});

describe('a schedule', () => {
  it('is kept under its name, and the last call holds', async () => {
    const job = newJob();
    const jobs = await open(job);
    await jobs.schedule('nightly', '0 3 * * *', job, { id: 'old' });
    await jobs.schedule('nightly', '30 4 * * *', job, { id: 'new' });
    const { rows } = await db.pool.query(
      'select key, cron, data from pgboss.schedule where name = $1',
      [job.name],
    );
    expect(rows).toEqual([{ key: 'nightly', cron: '30 4 * * *', data: { id: 'new' } }]);
  });
});
