// A job that takes long is done for one account beside another: who has many waiting does not keep the others waiting.
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { type AnyJobHandler, defineJob, openJobs } from '#platform/jobs/index.ts';
import { openWorkshop } from './workshop.ts';

const { db, log } = await openWorkshop();

/** Jobs of accounts, two at once and one of each account; they go on until they are let go. */
async function openLongJobs(name: string) {
  const payload = z.object({ accountId: z.string(), n: z.number() });
  const job = defineJob({
    ...{ name, payload, retryLimit: 0, retryDelaySeconds: 0, expireInSeconds: 60 },
  });
  const begun: { accountId: string; n: number }[] = [];
  const release = new Map<number, () => void>();
  const handler: AnyJobHandler = {
    definition: job,
    concurrency: 2,
    onePerAccount: true,
    async run(given, { signal }) {
      const one = payload.parse(given);
      begun.push(one);
      await new Promise<void>((resolve, reject) => {
        release.set(one.n, resolve);
        signal.addEventListener('abort', () => reject(signal.reason));
      });
      return 'done';
    },
  };
  const open = () => openJobs({ db, log, definitions: [job], graceMs: 0 });
  const sees = (count: number) => expect.poll(() => begun.length, { timeout: 20_000 }).toBe(count);
  return { job, handler, begun, release, open, sees };
}

it('goes on for one account beside another, and within an account one after the other', async () => {
  const { job, handler, begun, release, open, sees } = await openLongJobs('tests.side-by-side');
  const jobs = await open();
  try {
    const [busy, other] = [randomUUID(), randomUUID()];
    await db.transaction(async (tx) => {
      for (const n of [1, 2, 3]) await jobs.enqueue(tx, job, { accountId: busy, n });
    });
    await jobs.work([handler]);
    await sees(1);
    await db.transaction((tx) => jobs.enqueueAll(tx, job, [{ accountId: other, n: 4 }]));
    await sees(2);
    const [first] = begun;
    expect(begun[1]).toEqual({ accountId: other, n: 4 });
    release.get(4)?.();
    for (const count of [3, 4]) {
      release.get(begun.filter(({ accountId }) => accountId === busy).at(-1)?.n ?? 0)?.();
      await sees(count);
    }
    expect(first?.accountId).toBe(busy);
    expect(begun.map(({ n }) => n).sort()).toEqual([1, 2, 3, 4]);
    release.get(begun.at(-1)?.n ?? 0)?.();
  } finally {
    await jobs.stop();
  }
});

it('is still counted as its account’s after it was given back by a stop', async () => {
  const { job, handler, begun, release, open, sees } = await openLongJobs('tests.given-back');
  const [busy, other] = [randomUUID(), randomUUID()];
  const first = await open();
  await db.transaction((tx) => first.enqueue(tx, job, { accountId: busy, n: 1 }));
  await first.work([handler]);
  await sees(1);
  await first.stop();
  const jobs = await open();
  try {
    await db.transaction((tx) => jobs.enqueue(tx, job, { accountId: busy, n: 2 }));
    await jobs.work([handler]);
    await sees(2);
    await db.transaction((tx) => jobs.enqueue(tx, job, { accountId: other, n: 3 }));
    await sees(3);
    expect(begun[2]).toEqual({ accountId: other, n: 3 });
    for (const go of release.values()) go();
    await sees(4);
    for (const go of release.values()) go();
  } finally {
    await jobs.stop();
  }
});
