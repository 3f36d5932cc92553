// Who comes next in a queue that many accounts share: what goes first, and then the accounts in turn.
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { type AnyJobHandler, defineJob, openJobs } from '#platform/jobs/index.ts';
import { openWorkshop } from './workshop.ts';

const { db, log } = await openWorkshop();
const payload = z.object({
  accountId: z.string(),
  n: z.number(),
  isUrgent: z.boolean().optional(),
});

async function openQueue(name: string) {
  const job = defineJob({
    ...{ name, payload, retryLimit: 0, retryDelaySeconds: 0, expireInSeconds: 60 },
    inTurn: true,
    goesFirst: ({ isUrgent }) => isUrgent === true,
  });
  const jobs = await openJobs({ db, log, definitions: [job], graceMs: 0 });
  const adds = (...payloads: z.input<typeof payload>[]) =>
    db.transaction((tx) => jobs.enqueueAll(tx, job, payloads));
  return { job, jobs, adds };
}

it('accounts take turns, whatever one has waiting, and what goes first goes before all', async () => {
  const { job, jobs, adds } = await openQueue('tests.in-turn');
  const begun: number[] = [];
  const handler: AnyJobHandler = {
    definition: job,
    async run(given) {
      begun.push(payload.parse(given).n);
      return 'done';
    },
  };
  try {
    const [busy, other, third] = [randomUUID(), randomUUID(), randomUUID()];
    await adds(...[1, 2, 3].map((n) => ({ accountId: busy, n })));
    await adds({ accountId: busy, n: 4 }, { accountId: other, n: 10 }, { accountId: other, n: 11 });
    await db.transaction((tx) => jobs.enqueue(tx, job, { accountId: third, n: 20 }));
    await adds({ accountId: busy, n: 30, isUrgent: true });
    await jobs.work([handler]);
    await expect.poll(() => begun.length, { timeout: 20_000 }).toBe(8);
    expect(begun).toEqual([30, 1, 10, 20, 2, 11, 3, 4]);
  } finally {
    await jobs.stop();
  }
});

it('of thousands that wait the first thousand are looked at, and a job that was given back keeps its place', async () => {
  const { job, jobs, adds } = await openQueue('tests.long-line');
  const [busy, other] = [randomUUID(), randomUUID()];
  const placesOf = async (accountId: string) => {
    const { rows } = await db.pool.query<{ priority: number }>(
      "select priority from pgboss.job where name = $1 and group_id = $2 and state = 'created' order by (data->>'n')::int",
      [job.name, accountId],
    );
    return rows.map(({ priority }) => priority);
  };
  let started: () => void = () => {};
  const isStarted = new Promise<void>((resolve) => {
    started = resolve;
  });
  await adds(...Array.from({ length: 1_200 }, (_, n) => ({ accountId: busy, n })));
  await adds({ accountId: busy, n: 1_200 }, { accountId: other, n: 0 }, { accountId: other, n: 1 });
  const places = await placesOf(busy);
  expect([places[0], places[1], places[1_199], places[1_200]]).toEqual([0, -1, -1_000, -1_000]);
  expect(await placesOf(other)).toEqual([0, -1]);

  await adds({ accountId: other, n: 2, isUrgent: true });
  await jobs.work([
    {
      definition: job,
      run: (_payload, { signal }) =>
        new Promise((_resolve, reject) => {
          started();
          signal.addEventListener('abort', () => reject(signal.reason));
        }),
    },
  ]);
  await isStarted;
  await jobs.stop();
  expect(await placesOf(other)).toEqual([0, -1, 1]);
});

it('an account has no more than its part of the workers', async () => {
  const { job, jobs, adds } = await openQueue('tests.part');
  const begun: string[] = [];
  const release: (() => void)[] = [];
  const handler: AnyJobHandler = {
    definition: job,
    ...{ concurrency: 3, mostPerAccount: 2 },
    async run(given) {
      begun.push(payload.parse(given).accountId);
      await new Promise<void>((resolve) => release.push(resolve));
      return 'done';
    },
  };
  const sees = (count: number) => expect.poll(() => begun.length, { timeout: 20_000 }).toBe(count);
  try {
    const [busy, other] = [randomUUID(), randomUUID()];
    await adds(...[1, 2].map((n) => ({ accountId: busy, n })));
    await jobs.work([handler]);
    await sees(2);
    await adds(...[3, 4].map((n) => ({ accountId: busy, n })));
    await adds({ accountId: other, n: 5 });
    await sees(3);
    expect(begun).toEqual([busy, busy, other]);
    // as one ends, the next one of that account begins
    for (const count of [4, 5]) {
      release[count - 4]?.();
      await sees(count);
    }
    expect(begun.slice(3)).toEqual([busy, busy]);
  } finally {
    for (const go of release) go();
    await jobs.stop();
  }
});
