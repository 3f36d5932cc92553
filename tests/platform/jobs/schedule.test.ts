// Jobs that come by the clock.
import { describe, expect, it } from 'vitest';
import { openWorkshop } from './workshop.ts';

const { db, newJob, open, recorder } = await openWorkshop();

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

  it('of a night in which no server ran is made up for once', async () => {
    const job = newJob();
    const before = await open(job);
    await before.schedule('hourly', '7 * * * *', job, { id: 'hourly' });
    await before.stop();
    await db.pool.query("update pgboss.version set cron_on = now() - interval '5 hours'");
    await db.pool.query(
      "update pgboss.schedule set created_on = now() - interval '1 day' where name = $1",
      [job.name],
    );
    const { handler, tries, tried } = recorder(job);
    const after = await open(job);
    await after.work([handler]);
    await after.schedule('hourly', '7 * * * *', job, { id: 'hourly' });
    await tried(1);
    await after.stop();
    expect(tries.map(({ payload }) => payload)).toEqual([{ id: 'hourly' }]);
  });
});
