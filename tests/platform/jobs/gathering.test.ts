// A job that gathers what comes in some minutes.
import { expect, it, onTestFinished, vi } from 'vitest';
import { openWorkshop } from './workshop.ts';

const { db, newJob, open } = await openWorkshop();

it('a job that gathers is one for all of some minutes, begins after them, and another one for what comes later', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-03-02T15:00:01Z') });
  onTestFinished(() => void vi.useRealTimers());
  const job = newJob();
  const jobs = await open(job);
  const gather = async (at: string, key: string) => {
    vi.setSystemTime(new Date(`2026-03-02T${at}Z`));
    await db.transaction((tx) => jobs.gather(tx, job, { id: at }, key));
  };
  await gather('15:00:01', 'a');
  await gather('15:00:02', 'b');
  await gather('15:02:59', 'a');
  await gather('15:03:00', 'a');
  const { rows } = await db.pool.query(
    "select data->>'id' as id, start_after from pgboss.job where name = $1 order by 1",
    [job.name],
  );
  expect(rows).toEqual([
    { id: '15:00:01', start_after: new Date('2026-03-02T15:04:00Z') },
    { id: '15:00:02', start_after: new Date('2026-03-02T15:04:00Z') },
    { id: '15:03:00', start_after: new Date('2026-03-02T15:07:00Z') },
  ]);
});
