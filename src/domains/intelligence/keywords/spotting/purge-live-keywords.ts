// The job that forgets keywords of calls that went on, where no transcript came that would have taken their place.
import type { JobHandler } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { purgeLiveKeywordsJob } from '../../jobs.ts';
import { dropOldLiveKeywords } from './store-live-keywords.ts';

/** as long as the words themselves are kept where no transcript comes of them */
const KEPT_MS = 24 * 3_600_000;
/** of one statement; and so many statements in one run: what is left goes with the next one */
const AT_ONCE = 1_000;
const PORTIONS = 50;

/** The worker's side of `intelligence.purge-live-keywords`, over all accounts. Outcome: how many were forgotten. */
export function purgeLiveKeywordsHandler({
  db,
  clock,
}: Pick<Platform, 'db' | 'clock'>): JobHandler<Record<string, never>> {
  return {
    definition: purgeLiveKeywordsJob,
    async run() {
      const dayAgo = new Date(clock.now('').getTime() - KEPT_MS);
      let forgotten = 0;
      for (let n = 0; n < PORTIONS; n += 1) {
        const count = await dropOldLiveKeywords(db.prisma, dayAgo, AT_ONCE);
        forgotten += count;
        if (count < AT_ONCE) break;
      }
      return `forgot ${forgotten}`;
    },
  };
}
