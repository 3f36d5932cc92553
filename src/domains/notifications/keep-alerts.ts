// Every minute: digests that are due get their job, and alerts older than 30 days are forgotten. What it costs grows with
// those.
import { type JobHandler, workOff } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { keepAlertsJob, sendDigestJob } from './jobs.ts';
import { accountsWithHeld, accountsWithOld, dropAlerts, dueAddresses } from './store-alerts.ts';

const KEPT_MS = 30 * 24 * 3_600_000;
/** in one go; the next minute goes on */
const MOST = 1_000;

type Needs = Pick<Platform, 'db' | 'clock' | 'jobs' | 'log'>;

/** Handles `notifications.keep-alerts`. The outcome tells how many digests were due. */
export function keepAlertsHandler(platform: Needs): JobHandler<Record<string, never>> {
  const { db, clock, log } = platform;
  const monthBefore = (now: Date) => new Date(now.getTime() - KEPT_MS);
  return {
    definition: keepAlertsJob,
    async run(_payload, { signal }) {
      // this spans accounts, so it reads the server's time; what is done in one goes by its own
      const now = clock.now('');
      const held = await accountsWithHeld(db.prisma, now);
      const old = await accountsWithOld(db.prisma, monthBefore(now));
      const places = [
        ...held.map((accountId) => ({ accountId, what: 'HELD' })),
        ...old.map((accountId) => ({ accountId, what: 'OLD' })),
      ];
      let due = 0;
      await workOff(places, { log, signal }, async ({ accountId, what }) => {
        if (what === 'HELD') {
          const sent = await send(platform, accountId);
          due += sent;
          return sent;
        }
        const before = monthBefore(clock.now(accountId));
        return dropAlerts(db.prisma, accountId, before, MOST);
      });
      return `digests due ${due}`;
    },
  };
}

async function send({ db, clock, jobs }: Needs, accountId: string): Promise<number> {
  const hashes = await dueAddresses(db.prisma, accountId, clock.now(accountId), MOST);
  const payloads = hashes.map((hash) => {
    return { accountId, addressHash: Buffer.from(hash).toString('hex') };
  });
  await db.transaction((tx) =>
    jobs.enqueueAll(tx, sendDigestJob, payloads, (one) => `${accountId}:${one.addressHash}`),
  );
  return payloads.length;
}
