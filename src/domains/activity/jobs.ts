// This domain's job: keeping the logs in shape. Partitions are made ahead, and months beyond the retention are dropped
// whole; a cursor into them answers CURSOR_EXPIRED from then on. What was said to and by the carrier is kept a month.
import { z } from 'zod';
import { purgeCarrierTables } from '#platform/carrier/index.ts';
import { dropPartitions, providePartitions } from '#platform/events/index.ts';
import { defineJob, type JobHandler } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';

/** To be scheduled once a day. */
export const keepLogJob = defineJob({
  name: 'activity.keep-log',
  payload: z.object({}),
  retryLimit: 5,
  retryDelaySeconds: 60,
  retryBackoff: true,
  expireInSeconds: 300,
});

/** The worker's side of `activity.keep-log`. The outcome names how many months were made, dropped and, not read yet, not dropped, and rows of the carrier purged. */
export function keepLogHandler({
  db,
  clock,
  config,
  log,
}: Pick<Platform, 'db' | 'clock' | 'config' | 'log'>): JobHandler<Record<string, never>> {
  return {
    definition: keepLogJob,
    async run() {
      // the log spans all accounts, so its months are the server's
      const now = clock.now('');
      const made = await providePartitions(db.pool, now);
      const before = new Date(now);
      before.setUTCMonth(before.getUTCMonth() - config.EVENT_MONTHS);
      const { dropped, held } = await dropPartitions(db.pool, before);
      for (const month of held) {
        log.error(
          month,
          'a month of events stays past EVENT_MONTHS: these reactions have not read it; start their workers',
        );
      }
      const purged = await purgeCarrierTables(db, now);
      const stays = held.length > 0 ? `, not dropped ${held.length}` : '';
      return `made ${made.length}, dropped ${dropped.length}${stays}, purged ${purged}`;
    },
  };
}
