// The jobs that hold our inbox against the carriers' own logs: a call that came and went while we were down is told late,
// with its true times, instead of never. Each account has a job of its own, so one whose carrier hangs holds up no other.
import { listAccounts } from '#domains/accounts/index.ts';
import { catchUp } from '#platform/carrier/index.ts';
import type { JobHandler } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { catchUpAccountJob, catchUpJob } from './jobs.ts';

type Slice = Pick<Platform, 'db' | 'clock' | 'log' | 'carriers' | 'inbox'>;

/** accounts whose jobs are made in one transaction: the event tail waits for the oldest */
const BATCH = 200;
/** carriers that are asked at once by a process */
const AT_ONCE = 4;

/** The worker's side of `calls.catch-up`. The outcome names how many accounts have a job now, be it an earlier one. */
export function catchUpHandler({
  db,
  jobs,
}: Pick<Platform, 'db' | 'jobs'>): JobHandler<Record<string, never>> {
  return {
    definition: catchUpJob,
    async run() {
      const accounts = await listAccounts(db.prisma);
      for (let from = 0; from < accounts.length; from += BATCH) {
        const payloads = accounts.slice(from, from + BATCH).map(({ id }) => ({ accountId: id }));
        await db.transaction((tx) =>
          jobs.enqueueAll(tx, catchUpAccountJob, payloads, ({ accountId }) => accountId),
        );
      }
      return `accounts ${accounts.length}`;
    },
  };
}

/**
 * The worker's side of `calls.catch-up-account`. Outcomes: no carrier, not asked, and how many webhooks were missing. A
 * carrier that cannot be asked is asked again by the next run, from where it stands.
 */
export function catchUpAccountHandler(slice: Slice): JobHandler<{ accountId: string }> {
  const { db, clock, log, carriers, inbox } = slice;
  return {
    definition: catchUpAccountJob,
    concurrency: AT_ONCE,
    async run({ accountId }, { signal }) {
      if ((await carriers.publicKeyOf(accountId)) === null) return 'no carrier';
      try {
        const carrier = await carriers.of(accountId);
        const missing = await catchUp(
          { pool: db.pool, inbox, log },
          carrier,
          accountId,
          clock.now(accountId),
          signal,
        );
        return `missing ${missing}`;
      } catch (err) {
        log.warn({ err, accountId }, 'a carrier could not be asked for missed webhooks');
        return 'not asked';
      }
    },
  };
}
