// The job that keeps the search index whole: what an older version cut into words, or what is missing, is indexed again.
import { type JobHandler, NotYet } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { beginRebuild, runRebuild } from '#platform/search/index.ts';
import { reindexJob } from '../jobs.ts';
import { searchSource } from './search-documents.ts';

/** The tries of one night, and no other night's. */
const TRIES_LAST_MS = 12 * 3_600_000;

/** The worker's side of `transcripts.reindex`. Outcomes: up to date, or how many transcripts were indexed and copied. */
export function reindexHandler(
  slice: Pick<Platform, 'db' | 'clock' | 'search' | 'searchCopy'>,
): JobHandler<{ onlyIfDue: boolean }> {
  // the index spans all accounts, so its times are the server's
  const now = () => slice.clock.now('');
  return {
    definition: reindexJob,
    async run({ onlyIfDue }, { signal, attempt }) {
      const begin = { now: now(), everything: false, onlyIfDue };
      // a try before may have walked through all documents already
      const unlessSince = new Date(begin.now.getTime() - TRIES_LAST_MS);
      const isDue = await beginRebuild(slice, searchSource.name, {
        ...begin,
        ...(attempt > 1 && { unlessSince }),
      });
      const documents = isDue ? await runRebuild(slice, searchSource, { now, signal }) : null;
      // once a day nothing that was believed to be sent is believed
      const differed = onlyIfDue ? undefined : await slice.searchCopy?.reconcile({ now, signal });
      if (differed === null) throw new NotYet('the copy, which another process is at');
      const copied = differed === undefined ? '' : `, sent ${differed} that the copy lacked`;
      return `${documents === null ? 'up to date' : `indexed ${documents}`}${copied}`;
    },
  };
}
