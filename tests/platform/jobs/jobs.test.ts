// Jobs: enqueued with a transaction, done by handlers, tried again, refused when something is missing.
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openJobs } from '#platform/jobs/index.ts';
import { countJobs } from '#tests/support/count-jobs.ts';
import { openWorkshop } from './workshop.ts';

const { db, log, linesOf, logged, newJob, open, recorder } = await openWorkshop();

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
    expect(await countJobs(db.pool, job.name)).toEqual({ waiting: 0, running: 0, failed: 0 });
  });

  it('is kept for as long as no worker runs, and so is what is to be given up', async () => {
    const job = newJob();
    const jobs = await open(job);
    await db.transaction((tx) => jobs.enqueue(tx, job, { id: randomUUID() }));
    const { rows } = await db.pool.query(
      `select extract(days from keep_until - created_on)::int as days from pgboss.job where name = $1`,
      [job.name],
    );
    expect(rows).toEqual([{ days: 3_650 }]);
    const kept = await db.pool.query(
      `select name, retention_seconds / 86400 as days from pgboss.queue where name like $1 || '%'
        order by name`,
      [job.name],
    );
    expect(kept.rows).toEqual([
      { name: job.name, days: 3_650 },
      { name: `${job.name}.dead`, days: 3_650 },
    ]);
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

  it('waits or runs once for a singleton key, and may come again afterwards', async () => {
    const job = newJob();
    const jobs = await open(job);
    const add = (id: string, key: string) =>
      db.transaction((tx) => jobs.enqueue(tx, job, { id }, { singletonKey: key }));
    await add('1', 'a');
    await add('2', 'a');
    await add('3', 'b');
    expect((await countJobs(db.pool, job.name)).waiting).toBe(2);
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

  it('is found when it falls due, though nothing told of it', { timeout: 30_000 }, async () => {
    const job = newJob();
    const jobs = await open(job);
    const { handler, tries, tried } = recorder(job);
    await jobs.work([handler]);
    await db.transaction(async (tx) => {
      await jobs.enqueue(tx, job, { id: 'later' }, { startAfter: new Date('2999-01-01') });
      await jobs.enqueue(tx, job, { id: 'now' });
    });
    await tried(1);
    // as if the process that knew of its time had ended
    await db.pool.query(
      `update pgboss.job set start_after = now() where name = $1 and state = 'created'`,
      [job.name],
    );
    await tried(2);
    expect(tries.map((one) => one.payload.id)).toEqual(['now', 'later']);
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
    expect(await countJobs(db.pool, theirs.name)).toMatchObject({ waiting: 1 });
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
