// The job that keeps the copy of the search index in a search server, where one is set.
import { setTimeout as pause } from 'node:timers/promises';
import type { JobHandler } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { endCopy } from '#platform/search/index.ts';
import { keepCopyJob } from '../jobs.ts';

/** the next run begins a minute after this one did */
const LOOKS = 50;
const BETWEEN_MS = 1_000;

/**
 * The worker's side of `transcripts.keep-copy`. It stays for most of a minute and looks for changes every second, so that
 * a call is found soon after it was written down. Outcomes: no copy, kept, others keep it.
 */
export function keepCopyHandler(
  slice: Pick<Platform, 'db' | 'clock' | 'searchCopy'>,
): JobHandler<Record<string, never>> {
  // the copy spans all accounts, so its times are the server's
  const now = () => slice.clock.now('');
  return {
    definition: keepCopyJob,
    async run(_payload, { signal }) {
      const copy = slice.searchCopy;
      if (!copy) {
        await endCopy(slice.db);
        return 'no copy';
      }
      if (!(await copy.keep({ now, signal }))) return 'others keep it';
      for (let look = 0; look < LOOKS; look += 1) {
        await pause(BETWEEN_MS, undefined, { signal });
        if (await copy.isBehind(now())) await copy.keep({ now, signal });
      }
      return 'kept';
    },
  };
}
