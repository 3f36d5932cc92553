// Erasures that did not come to their end for long (a carrier or a search server out of reach for hours) are taken up again.
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { eraseLeadJob, removeErasedMediaJob } from './jobs.ts';
import { findPending } from './store.ts';
import { findErasing } from './store-lead-erasures.ts';

/** the job has given up by then, or goes on and is not added twice */
const LEFT_AFTER_MS = 3_600_000;
const CHUNK = 100;

type Needs = Pick<Platform, 'db' | 'clock' | 'jobs'>;
interface Left {
  accountId: string;
  id: string;
  requestedAt: Date;
}

/** Enqueues anew the jobs of all that are PENDING or ERASING. @returns how many */
export async function resumeErasures(platform: Needs): Promise<number> {
  const { jobs } = platform;
  const media = await resume(platform, findPending, (tx, { accountId, id: erasureId }) =>
    jobs.enqueue(tx, removeErasedMediaJob, { accountId, erasureId }, { singletonKey: erasureId }),
  );
  const people = await resume(platform, findErasing, (tx, { accountId, id: leadErasureId }) =>
    jobs.enqueue(tx, eraseLeadJob, { accountId, leadErasureId }, { singletonKey: leadErasureId }),
  );
  return media + people;
}

async function resume(
  { db, clock }: Needs,
  find: typeof findPending,
  enqueue: (tx: Tx, left: Left) => Promise<void>,
): Promise<number> {
  // erasures are dated in the accounts' business time; this spans accounts, so it reads the server's
  const before = new Date(clock.now('').getTime() - LEFT_AFTER_MS);
  let total = 0;
  for (let after: Left | null = null; ; ) {
    const left: Left[] = await find(db.prisma, before, after, CHUNK);
    await db.transaction(async (tx) => {
      for (const one of left) await enqueue(tx, one);
    });
    total += left.length;
    after = left.at(-1) ?? null;
    if (left.length < CHUNK) return total;
  }
}
