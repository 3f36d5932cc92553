// Reactions in a process that is killed with -9 again and again while events are appended: every event yields exactly one
// job for each reaction.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, expect, it } from 'vitest';
import { runReactions } from '#platform/events/reactions.ts';
import { openJobs } from '#platform/jobs/index.ts';
import { freshDatabase } from '#tests/support/database.ts';
import { seeded } from '#tests/support/seeded.ts';
import { append, event, newAccount, openLog, silent } from './makers.ts';
import { reactions, tellJob } from './reactions-story.ts';

const KILLS = 8;
const SEED = 20_260_301;

const { db, url } = await freshDatabase();
const log = await openLog(db);
const jobs = await openJobs({ db, log: silent, definitions: [tellJob] });
afterAll(() => jobs.stop());

const children = new Set<ChildProcess>();
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
});

async function startChild(): Promise<ChildProcess> {
  const child = fork(new URL('./reactions-child.ts', import.meta.url), [url]);
  children.add(child);
  await once(child, 'message');
  return child;
}

async function countJobs(): Promise<{ n: number; reaction: string; jobs: number }[]> {
  const { rows } = await db.pool.query(
    `select (data->>'n')::int as n, data->>'reaction' as reaction, count(*)::int as jobs
       from pgboss.job where name = $1 group by 1, 2 order by 2, 1`,
    [tellJob.name],
  );
  return rows;
}

async function countReacted(): Promise<number> {
  const { rows } = await db.pool.query<{ n: number }>(
    'select count(*)::int as n from pgboss.job where name = $1',
    [tellJob.name],
  );
  return rows[0]?.n ?? 0;
}

it('yields exactly one job for each event and reaction', { timeout: 90_000 }, async () => {
  const random = seeded(SEED);
  const accountId = newAccount();
  let written = 0;
  let writing = true;
  const writer = (async () => {
    while (writing) {
      const count = 1 + Math.floor(random() * 20);
      const events = Array.from({ length: count }, (_, i) => event(written + i));
      await append(db, log, accountId, events);
      written += count;
      await pause(5);
    }
  })();
  for (let kill = 0; kill < KILLS; kill += 1) {
    const before = await countReacted();
    const child = await startChild();
    await expect.poll(countReacted, { timeout: 10_000, interval: 5 }).toBeGreaterThan(before);
    await pause(random() * 60); // the point of the kill, somewhere in its work
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
    children.delete(child);
  }
  writing = false;
  await writer;
  const running = await runReactions({ db, log: silent, jobs, reactions });
  await running.drained();
  await running.stop();
  const wanted = ['first', 'second'].flatMap((reaction) =>
    Array.from({ length: written }, (_, n) => ({ n, reaction, jobs: 1 })),
  );
  expect(await countJobs()).toEqual(wanted);
});
