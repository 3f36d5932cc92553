// The job that looks calls gone by through for a set of keywords, as it stands when each of them is looked through. What
// was done is marked with each transcript, so a run that breaks off is begun again and finds less to do.
import { authorize } from '#domains/accounts/index.ts';
import { readyTranscript } from '#domains/transcripts/index.ts';
import type { Db } from '#platform/db/index.ts';
import type { JobHandler } from '#platform/jobs/index.ts';
import type { RowKey } from '#values/cursor.ts';
import type { Viewer } from '#values/viewer.ts';
import { type ScanHistory, scanHistoryJob } from '../../jobs.ts';
import { findKeywordSet, type KeywordSetRow } from '../store.ts';
import { countUnscanned, scannableTranscripts } from './read-scannable.ts';
import { scanTalk } from './scan-talk.ts';
import { type ScanSlice, settleScans } from './settle-scans.ts';

const CHUNK = 50;

/**
 * The worker's side of `intelligence.scan-history`.
 * Outcomes: set gone; or how many transcripts were looked through, and in how many of them the hits changed.
 */
export function scanHistoryHandler(slice: ScanSlice): JobHandler<ScanHistory> {
  return {
    definition: scanHistoryJob,
    concurrency: 2,
    onePerAccount: true,
    async run({ accountId, setId, startedFrom }, { signal }) {
      let [looked, changed] = [0, 0];
      let version = 0;
      let after: RowKey | null = null;
      for (;;) {
        signal.throwIfAborted();
        const set = await findKeywordSet(slice.db.prisma, accountId, setId);
        if (!set) return 'set gone';
        // what was looked through for the version before is looked through again
        if (set.version !== version) after = null;
        ({ version } = set);
        const companyIds = set.companyId ? [set.companyId] : null;
        const history = { companyIds, startedFrom: new Date(startedFrom), startedBefore: null };
        const chunk = await scannableTranscripts(slice.db, accountId, history, {
          limit: CHUNK,
          after,
          unscanned: { setId, version },
        });
        for (const { id } of chunk) {
          signal.throwIfAborted();
          looked += 1;
          if (await scanOne(slice, accountId, set, id)) changed += 1;
        }
        const last = chunk.at(-1);
        if (!last) return `looked through ${looked}, changed ${changed}`;
        after = { value: last.occurredAt.toISOString(), id: last.id };
      }
    },
  };
}

/** How many transcripts of the viewer's companies such a job has left to look through, counted up to `cap`. Throws Forbidden. */
export function countBacklog(
  { db }: { db: Db },
  viewer: Viewer,
  { id: setId, version, companyId }: Pick<KeywordSetRow, 'id' | 'version' | 'companyId'>,
  startedFrom: Date | null,
  cap: number,
): Promise<number> {
  authorize(viewer, 'transcripts.read');
  const { companyIds } = companyId ? { companyIds: [companyId] } : viewer;
  const history = { companyIds, startedFrom, startedBefore: null };
  return countUnscanned(db, viewer.accountId, history, { setId, version }, cap);
}

/** Whether the hits changed. */
async function scanOne(
  slice: ScanSlice,
  accountId: string,
  set: KeywordSetRow,
  transcriptId: string,
): Promise<boolean> {
  const transcript = await readyTranscript(slice.db, accountId, transcriptId);
  // erased since it was listed
  if (!transcript) return false;
  const scans = await scanTalk([set], transcript.segments);
  const outcome = await settleScans(slice, accountId, transcript, scans, 'REQUEST');
  return outcome.startsWith('spotted');
}
