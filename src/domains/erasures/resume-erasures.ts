// Erasures whose media could not be removed for long (a carrier out of reach for hours) are taken up again.
import type { Platform } from '#platform/platform.ts';
import { removeErasedMediaJob } from './jobs.ts';
import { findPending } from './store.ts';

/** the job that removes media has given up by then, or goes on and is not added twice */
const LEFT_AFTER_MS = 3_600_000;
const CHUNK = 100;

/** Enqueues the removal anew for all that are PENDING. @returns how many */
export async function resumeErasures({
  db,
  clock,
  jobs,
}: Pick<Platform, 'db' | 'clock' | 'jobs'>): Promise<number> {
  // erasures are dated in the accounts' business time; this spans accounts, so it reads the server's
  const before = new Date(clock.now('').getTime() - LEFT_AFTER_MS);
  let total = 0;
  let after: { requestedAt: Date; id: string } | null = null;
  for (;;) {
    const pending = await findPending(db.prisma, before, after, CHUNK);
    await db.transaction(async (tx) => {
      for (const { accountId, id: erasureId } of pending) {
        const once = { singletonKey: erasureId };
        await jobs.enqueue(tx, removeErasedMediaJob, { accountId, erasureId }, once);
      }
    });
    total += pending.length;
    const last = pending.at(-1);
    if (!last || pending.length < CHUNK) return total;
    after = last;
  }
}
