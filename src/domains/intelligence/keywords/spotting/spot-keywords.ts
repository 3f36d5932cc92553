// The job that looks a transcript through for keywords.
import { announceChange } from '#domains/calls/index.ts';
import { type ReadyTranscript, readyTranscript } from '#domains/transcripts/index.ts';
import type { JobHandler } from '#platform/jobs/index.ts';
import { type SpotKeywords, spotKeywordsJob } from '../../jobs.ts';
import { keywordSetsOf } from '../read-keyword-sets.ts';
import { deleteStaleHits } from '../store.ts';
import { scanTalk } from './scan-talk.ts';
import { type ScanSlice, settleScans } from './settle-scans.ts';
import { dropLiveKeywords } from './store-live-keywords.ts';

/**
 * The worker's side of `intelligence.spot-keywords`.
 * Outcomes: gone, no-sets, and those of settleScans.
 */
export function spotKeywordsHandler(slice: ScanSlice): JobHandler<SpotKeywords> {
  return {
    definition: spotKeywordsJob,
    async run({ accountId, transcriptId, isPast = false }) {
      const transcript = await readyTranscript(slice.db, accountId, transcriptId);
      if (!transcript) return 'gone';
      if (transcript.edits > 0) await dropStale(slice, accountId, transcript);
      const sets = await keywordSetsOf(slice.db, accountId, transcript.companyId);
      const forget = () => dropLiveKeywords(slice.db.prisma, accountId, transcript.callId);
      if (sets.length === 0) {
        await forget();
        return 'no-sets';
      }
      const scans = await scanTalk(sets, transcript.segments);
      // what was spotted there before is forgotten, and with it which tags somebody has taken off since
      const cause = isPast ? 'REDACTION' : 'TALK';
      const outcome = await settleScans(slice, accountId, transcript, scans, cause);
      await forget();
      return outcome;
    },
  };
}

/** Drops what deleted sets had in words that people changed, and tells that it is gone. */
async function dropStale(
  slice: ScanSlice,
  accountId: string,
  { id, callId, companyId }: ReadyTranscript,
): Promise<void> {
  await slice.db.transaction(async (tx) => {
    await slice.events.lock(tx, accountId, [`call:${callId}`]);
    if ((await deleteStaleHits(tx, accountId, id)) === 0) return;
    // without the mark rules would take it for keywords that stand
    const gone = { isPast: true } as const;
    await announceChange(tx, slice, { accountId, callId, companyId }, ['keywordHits'], gone);
  });
}
