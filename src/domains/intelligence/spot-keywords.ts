// The job that looks a transcript through for keywords. The scan of each version of a set is marked in the transaction
// that stores its hits and tells of them, so that it is done once however often the job comes.
import { systemViewer } from '#domains/accounts/index.ts';
import { changeCallIn } from '#domains/calls/index.ts';
import { bumpVersion } from '#domains/interactions/index.ts';
import { type ReadyTranscript, readyTranscript, startOfWord } from '#domains/transcripts/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { JobHandler } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { Refused } from '#values/refusals.ts';
import { keywordSpotted } from './events.ts';
import { spotKeywordsJob } from './jobs.ts';
import { matchKeywords } from './match-keywords.ts';
import { keywordSetsOf } from './read-keyword-sets.ts';
import { type KeywordSetRow, type NewHit, scansOf, storeScans } from './store.ts';

/** Of one set in one transcript: a keyword that everybody says all the time must not fill the table. */
const MOST_HITS = 1_000;

type Slice = Pick<Platform, 'db' | 'events' | 'clock' | 'log'>;
/** A set, and where its keywords were said. */
interface Scan {
  set: KeywordSetRow;
  hits: NewHit[];
  /** names of tags that the spotted keywords put on the call */
  tags: string[];
}

/**
 * The worker's side of `intelligence.spot-keywords`.
 * Outcomes: gone, no-sets, already-done, nothing-spotted, spotted, spotted-not-tagged (the call has its 50 tags).
 */
export function spotKeywordsHandler(
  slice: Slice,
): JobHandler<{ accountId: string; transcriptId: string }> {
  return {
    definition: spotKeywordsJob,
    async run({ accountId, transcriptId }) {
      const transcript = await readyTranscript(slice.db, accountId, transcriptId);
      if (!transcript) return 'gone';
      const sets = await keywordSetsOf(slice.db, accountId, transcript.companyId);
      if (sets.length === 0) return 'no-sets';
      const scans = sets.map((set) => scan(set, transcript));
      return slice.db.transaction((tx) => settle(tx, slice, accountId, transcript, scans));
    },
  };
}

function scan(set: KeywordSetRow, { segments }: ReadyTranscript): Scan {
  const find = matchKeywords(set.keywords);
  const found = segments
    .flatMap((segment) => find(segment).map((match) => ({ segment, ...match })))
    .slice(0, MOST_HITS);
  const tags = found.map(({ keyword }) => keyword.tag).filter((tag) => tag !== null);
  return {
    set,
    tags: [...new Set(tags)],
    hits: found.map(({ segment, keyword, wordIndex, wordCount }) => ({
      setId: set.id,
      keyword: keyword.text,
      n: segment.n,
      wordIndex,
      wordCount,
      speaker: segment.speaker,
      startMs: startOfWord(segment, wordIndex),
    })),
  };
}

async function settle(
  tx: Tx,
  slice: Slice,
  accountId: string,
  { id: transcriptId, callId, companyId }: ReadyTranscript,
  scans: readonly Scan[],
): Promise<string> {
  const { events, clock } = slice;
  const subject = `call:${callId}`;
  await events.lock(tx, accountId, [subject]);
  const done = await scansOf(tx, accountId, transcriptId);
  const fresh = scans.filter(({ set }) => !done.has(`${set.id}:${set.version}`));
  if (fresh.length === 0) return 'already-done';
  const hits = fresh.flatMap((one) => one.hits);
  const sets = fresh.map(({ set }) => set);
  await storeScans(tx, accountId, transcriptId, sets, hits);
  if (hits.length === 0) return 'nothing-spotted';
  const setIds = fresh.filter((one) => one.hits.length > 0).map(({ set }) => set.id);
  await events.append(tx, accountId, [
    {
      definition: keywordSpotted,
      companyId,
      subject,
      subjectVersion: await bumpVersion(tx, accountId, callId),
      occurredAt: clock.now(accountId),
      payload: { callId, transcriptId, setIds, hits: hits.length },
    },
  ]);
  const tags = [...new Set(fresh.flatMap((one) => one.tags))];
  return tags.length === 0 || (await tag(tx, slice, accountId, { callId, companyId }, tags))
    ? 'spotted'
    : 'spotted-not-tagged';
}

/** Puts tags on the call, as people do it. False when it takes no more. */
async function tag(
  tx: Tx,
  slice: Slice,
  accountId: string,
  call: { callId: string; companyId: string },
  tags: string[],
): Promise<boolean> {
  const account = { where: { id: accountId }, select: { mode: true } } as const;
  const { mode } = await tx.account.findUniqueOrThrow(account);
  const viewer = systemViewer(accountId, mode, 'keywords');
  try {
    await changeCallIn(tx, slice, viewer, { ...call, tags: { add: tags } });
    return true;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const { callId } = call;
    slice.log.warn({ callId, reason: error.message }, 'keywords were spotted, but not tagged');
    return false;
  }
}
