// Every minute: digests that are due get their job, and alerts older than 30 days are forgotten.
import { listAccounts } from '#domains/accounts/index.ts';
import type { JobHandler } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { keepAlertsJob, sendDigestJob } from './jobs.ts';
import { dropAlerts, dueAddresses } from './store-alerts.ts';

const KEPT_MS = 30 * 24 * 3_600_000;
/** in one go; the next minute goes on */
const MOST = 1_000;

/** Handles `notifications.keep-alerts`. The outcome tells how many digests were due. */
export function keepAlertsHandler(
  platform: Pick<Platform, 'db' | 'clock' | 'jobs'>,
): JobHandler<Record<string, never>> {
  const { db, clock, jobs } = platform;
  return {
    definition: keepAlertsJob,
    async run(_payload, { signal }) {
      let due = 0;
      for (const { id: accountId } of await listAccounts(db.prisma)) {
        signal.throwIfAborted();
        const now = clock.now(accountId);
        const hashes = await dueAddresses(db.prisma, accountId, now, MOST);
        const payloads = hashes.map((hash) => {
          return { accountId, addressHash: Buffer.from(hash).toString('hex') };
        });
        if (payloads.length > 0) {
          await db.transaction((tx) =>
            jobs.enqueueAll(
              tx,
              sendDigestJob,
              payloads,
              (one) => `${accountId}:${one.addressHash}`,
            ),
          );
        }
        due += payloads.length;
        await dropAlerts(db.prisma, accountId, new Date(now.getTime() - KEPT_MS), MOST);
      }
      return `digests due ${due}`;
    },
  };
}
