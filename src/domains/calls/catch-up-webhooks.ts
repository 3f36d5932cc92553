// The job that holds our inbox against the carriers' own logs: a call that came and went while we were down is told late,
// with its true times, instead of never.
import { listAccounts } from '#domains/accounts/index.ts';
import { catchUp } from '#platform/carrier/index.ts';
import type { JobHandler } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { catchUpJob } from './jobs.ts';

type Slice = Pick<Platform, 'db' | 'clock' | 'log' | 'carriers' | 'inbox'>;

/**
 * The worker's side of `calls.catch-up`. The outcome names how many webhooks were missing. An account whose carrier cannot
 * be asked does not hold up the others: it is asked again by the next run, from where it stands.
 */
export function catchUpHandler(slice: Slice): JobHandler<Record<string, never>> {
  const { db, clock, log, carriers, inbox } = slice;
  return {
    definition: catchUpJob,
    async run(_payload, { signal }) {
      let missing = 0;
      for (const { id: accountId } of await listAccounts(db.prisma)) {
        if (signal.aborted) break;
        // an account without a carrier has nothing to ask
        if ((await carriers.publicKeyOf(accountId)) === null) continue;
        try {
          const carrier = await carriers.of(accountId);
          missing += await catchUp(
            { pool: db.pool, inbox },
            carrier,
            accountId,
            clock.now(accountId),
          );
        } catch (err) {
          log.warn({ err, accountId }, 'a carrier could not be asked for missed webhooks');
        }
      }
      return `missing ${missing}`;
    },
  };
}
