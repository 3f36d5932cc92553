// The job that looks what was said so far on a call through for keywords, while the call goes on. What can only be judged at
// its end (that something was NOT said, or in the last half minute) waits for the transcript.
import { bumpVersion } from '#domains/interactions/index.ts';
import { liveSegmentsOf } from '#domains/transcripts/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { JobHandler } from '#platform/jobs/index.ts';
import { keywordSpotted } from '../../events.ts';
import { type SpotLive, spotLiveJob } from '../../jobs.ts';
import { standsOnceItHolds } from '../matching/read-expression.ts';
import { keywordSetsOf } from '../read-keyword-sets.ts';
import type { NewHit } from '../store.ts';
import { expressionOf, scanTalk } from './scan-talk.ts';
import type { ScanSlice } from './settle-scans.ts';
import { keyOfTelling, storeLiveKeywords, toldLive } from './store-live-keywords.ts';

type Outcome = 'gone' | 'nothing-new' | 'spotted';

/** The worker's side of `intelligence.spot-live`. Outcomes: gone, behind, no-sets, nothing-new, spotted. */
export function spotLiveHandler(slice: ScanSlice): JobHandler<SpotLive> {
  const { db } = slice;
  return {
    definition: spotLiveJob,
    async run({ accountId, callId, n }) {
      const segments = await liveSegmentsOf(db, accountId, [callId]);
      if (segments.length === 0) return 'gone';
      // more was said since, and has a job of its own
      if (segments.some((segment) => segment.n > n)) return 'behind';
      const { companyId } = await db.prisma.call.findUniqueOrThrow({
        where: { accountId_id: { accountId, id: callId } },
        select: { companyId: true },
      });
      const sets = (await keywordSetsOf(db, accountId, companyId)).map(({ id, keywords }) => ({
        ...{ id, keywords: keywords.filter((one) => standsOnceItHolds(expressionOf(one))) },
      }));
      if (sets.length === 0) return 'no-sets';
      const spoken = segments.map((segment) => ({ ...segment, words: [] }));
      const hits = (await scanTalk(sets, spoken)).flatMap((scan) => scan.hits);
      if (hits.length === 0) return 'nothing-new';
      return db.transaction((tx) => settle(tx, slice, { accountId, callId, companyId }, hits));
    },
  };
}

async function settle(
  tx: Tx,
  { events, clock }: ScanSlice,
  call: { accountId: string; callId: string; companyId: string },
  hits: readonly NewHit[],
): Promise<Outcome> {
  const { accountId, callId, companyId } = call;
  const subject = `call:${callId}`;
  await events.lock(tx, accountId, [subject]);
  // the transcript has come, and tells of its keywords itself
  if ((await tx.liveSegment.count({ where: { accountId, callId } })) === 0) return 'gone';
  const told = await toldLive(tx, accountId, callId);
  const known = new Set(told.map(keyOfTelling));
  const fresh = hits.filter((hit) => {
    const key = keyOfTelling(hit);
    return !known.has(key) && known.add(key);
  });
  if (fresh.length === 0) return 'nothing-new';
  const now = clock.now(accountId);
  await storeLiveKeywords(tx, accountId, callId, fresh, now);
  const setIds = [...new Set(fresh.map(({ setId }) => setId))];
  await events.append(tx, accountId, [
    {
      ...{ definition: keywordSpotted, companyId, subject, occurredAt: now },
      subjectVersion: await bumpVersion(tx, accountId, callId),
      payload: {
        ...{ callId, setIds, isLive: true },
        hits: [...told, ...fresh].filter(({ setId }) => setIds.includes(setId)).length,
      },
    },
  ]);
  return 'spotted';
}
