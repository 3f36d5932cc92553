// The job that looks a transcript through for keywords. The scan of each version of a set is marked in the transaction
// that stores its hits and tells of them, so that it is done once after each edit however often the job comes.
import { setImmediate as breathe } from 'node:timers/promises';
import { systemViewer } from '#domains/accounts/index.ts';
import { changeCallIn } from '#domains/calls/index.ts';
import { bumpVersion } from '#domains/interactions/index.ts';
import { type ReadyTranscript, readyTranscript, startOfWord } from '#domains/transcripts/index.ts';
import type { TranscriptSegment } from '#generated/prisma/client.ts';
import type { Tx } from '#platform/db/index.ts';
import type { JobHandler } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { Refused } from '#values/refusals.ts';
import { keywordSpotted } from './events.ts';
import { spotKeywordsJob } from './jobs.ts';
import { matchKeywords } from './match-keywords.ts';
import { keywordSetsOf } from './read-keyword-sets.ts';
import {
  type KeywordSetRow,
  type NewHit,
  placeOfHit,
  placesOfHits,
  scansOf,
  storeScans,
} from './store.ts';

/** Of one set in one transcript: a keyword that everybody says all the time must not fill the table. */
const MOST_HITS = 500;
/** Of all sets in one transaction, which has 5 s. */
const HITS_AT_ONCE = 1_000;
/** Of what came of each transaction, the first of these is the job's outcome. */
const OUTCOMES = ['spotted-not-tagged', 'spotted', 'nothing-spotted', 'already-done'] as const;

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
      const outcomes: string[] = [];
      for (const scans of portionsOf(await scanFor(sets, transcript))) {
        outcomes.push(
          await slice.db.transaction((tx) => settle(tx, slice, accountId, transcript, scans)),
        );
      }
      return OUTCOMES.find((one) => outcomes.includes(one)) ?? 'already-done';
    },
  };
}

/** Looks for the keywords of all sets at once, so that the words are read but one time. */
async function scanFor(
  sets: readonly KeywordSetRow[],
  { segments }: ReadyTranscript,
): Promise<Scan[]> {
  const find = matchKeywords(sets.flatMap((set) => set.keywords.map((one) => ({ ...one, set }))));
  const found: (ReturnType<typeof find>[number] & { segment: TranscriptSegment })[] = [];
  for (const segment of segments) {
    found.push(...find(segment).map((match) => ({ segment, ...match })));
    // hours of talk must not keep a server from its calls
    await breathe();
  }
  const bySet = Map.groupBy(found, ({ keyword }) => keyword.set.id);
  return sets.map((set) => {
    const places = (bySet.get(set.id) ?? []).slice(0, MOST_HITS);
    const tags = places.map(({ keyword }) => keyword.tag).filter((tag) => tag !== null);
    return {
      set,
      tags: [...new Set(tags)],
      hits: places.map(({ segment, keyword, wordIndex, wordCount }) => ({
        setId: set.id,
        keyword: keyword.text,
        n: segment.n,
        wordIndex,
        wordCount,
        speaker: segment.speaker,
        startMs: startOfWord(segment, wordIndex),
      })),
    };
  });
}

/** Cuts a long list, so that each transaction is short; an ordinary call is one. */
function portionsOf(scans: readonly Scan[]): Scan[][] {
  const portions: Scan[][] = [];
  let room = 0;
  for (const one of scans) {
    room -= one.hits.length;
    if (room < 0 || portions.length === 0) {
      portions.push([]);
      room = HITS_AT_ONCE - one.hits.length;
    }
    portions.at(-1)?.push(one);
  }
  return portions;
}

async function settle(
  tx: Tx,
  slice: Slice,
  accountId: string,
  transcript: ReadyTranscript,
  scans: readonly Scan[],
): Promise<(typeof OUTCOMES)[number]> {
  const { events, clock } = slice;
  const { id: transcriptId, callId, companyId, edits } = transcript;
  const subject = `call:${callId}`;
  await events.lock(tx, accountId, [subject]);
  // what was edited meanwhile is looked through by the job of that edit
  if ((await tx.transcript.count({ where: { accountId, id: transcriptId, edits } })) === 0) {
    return 'already-done';
  }
  const done = await scansOf(tx, accountId, transcript);
  const fresh = scans.filter(({ set }) => !done.has(`${set.id}:${set.version}`));
  if (fresh.length === 0) return 'already-done';
  const hits = fresh.flatMap((one) => one.hits);
  const sets = fresh.map(({ set }) => set);
  const known = await placesOfHits(
    tx,
    accountId,
    transcriptId,
    sets.map(({ id }) => id),
  );
  await storeScans(tx, accountId, transcript, sets, hits);
  // after an edit only what it brought is told, and tagged
  const told = fresh.filter(
    (one) =>
      one.hits.length > 0 && (edits === 0 || one.hits.some((hit) => !known.has(placeOfHit(hit)))),
  );
  if (told.length === 0) return 'nothing-spotted';
  const setIds = told.map(({ set }) => set.id);
  await events.append(tx, accountId, [
    {
      definition: keywordSpotted,
      companyId,
      subject,
      subjectVersion: await bumpVersion(tx, accountId, callId),
      occurredAt: clock.now(accountId),
      payload: { callId, transcriptId, setIds, hits: told.flatMap((one) => one.hits).length },
    },
  ]);
  const tags = [...new Set(told.flatMap((one) => one.tags))];
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
    await changeCallIn(tx, slice, viewer, 'tagCall', { ...call, tags: { add: tags } });
    return true;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const { callId } = call;
    slice.log.warn({ callId, reason: error.message }, 'keywords were spotted, but not tagged');
    return false;
  }
}
