// Keeps what a look through a transcript came to: its mark, the hits, the event and the tags in one transaction, once for
// each version of a set, and after each edit, however often it is done.
import { systemViewer } from '#domains/accounts/index.ts';
import { announceChange, changeCallIn } from '#domains/calls/index.ts';
import { bumpVersion, MAX_TAGS, readTagNames } from '#domains/interactions/index.ts';
import { isAsRead, type ReadyTranscript } from '#domains/transcripts/index.ts';
import type { LiveKeyword } from '#generated/prisma/client.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { Refused } from '#values/refusals.ts';
import { keywordSpotted } from '../../events.ts';
import { hitsOfSets, type KeywordSetRow, type NewHit, scansOf, storeScans } from '../store.ts';
import type { Scan } from './scan-talk.ts';
import { keyOfTelling, toldLive } from './store-live-keywords.ts';

/** Of all sets in one transaction, which has 5 s. */
const HITS_AT_ONCE = 1_000;
/** Of what came of each transaction, the first of these is what came of all. */
const OUTCOMES = [
  'spotted-not-tagged',
  'spotted',
  'unchanged',
  'nothing-spotted',
  'already-done',
] as const;
export type ScanOutcome = (typeof OUTCOMES)[number];

/** Why a transcript is looked through: it came or was edited, somebody asked for the past, more of it was hidden. */
export type ScanCause = 'TALK' | 'REQUEST' | 'REDACTION';

export type ScanSlice = Pick<Platform, 'db' | 'events' | 'clock' | 'log'>;

/**
 * Stores scans of a transcript; keyword.spotted tells of sets whose hits are other ones than before, unless all of it was told
 * while the call went on: then call.updated tells that it stands.
 * @param cause all but TALK is told as past; after a REDACTION no tag is put on
 * @returns spotted-not-tagged (the call takes no more than 50 tags), spotted, unchanged (as an older version of the set had it),
 *   nothing-spotted, already-done
 */
export async function settleScans(
  slice: ScanSlice,
  accountId: string,
  transcript: ReadyTranscript,
  scans: readonly Scan<KeywordSetRow>[],
  cause: ScanCause,
): Promise<ScanOutcome> {
  const outcomes: ScanOutcome[] = [];
  for (const portion of portionsOf(scans)) {
    const about = { accountId, transcript, cause };
    outcomes.push(await slice.db.transaction((tx) => settle(tx, slice, about, portion)));
  }
  return OUTCOMES.find((one) => outcomes.includes(one)) ?? 'already-done';
}

/** Cuts a long list, so that each transaction is short; an ordinary call is one. */
function portionsOf<Counted extends { hits: unknown[] }>(scans: readonly Counted[]): Counted[][] {
  const portions: Counted[][] = [];
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
  slice: ScanSlice,
  about: { accountId: string; transcript: ReadyTranscript; cause: ScanCause },
  scans: readonly Scan<KeywordSetRow>[],
): Promise<ScanOutcome> {
  const { events, clock } = slice;
  const { accountId, transcript, cause } = about;
  const { id: transcriptId, callId, companyId, edits } = transcript;
  const subject = `call:${callId}`;
  await events.lock(tx, accountId, [subject]);
  // what was edited meanwhile is looked through by the job of that edit
  if ((await isAsRead(tx, accountId, transcript)) === 'edited') return 'already-done';
  const done = await scansOf(tx, accountId, transcript);
  // an old version comes too late where a newer one was looked for
  const fresh = scans.filter(({ set }) => (done.get(set.id) ?? 0) < set.version);
  if (fresh.length === 0) return 'already-done';
  const sets = fresh.map(({ set }) => set);
  const before = await hitsOfSets(
    tx,
    accountId,
    transcriptId,
    sets.map(({ id }) => id),
  );
  const told = Map.groupBy(await toldLive(tx, accountId, callId), ({ setId }) => setId);
  const changed = fresh.filter(
    ({ set, hits }) => told.has(set.id) || !isSame(before.get(set.id) ?? [], hits),
  );
  await storeScans(tx, accountId, transcript, sets, {
    setIds: changed.map(({ set }) => set.id),
    hits: changed.flatMap((one) => one.hits),
  });
  // what was told while the call went on is not told again, but that it stands
  const news = changed.filter(({ set, hits }) => !isTold(told.get(set.id), hits));
  if (news.length < changed.length) {
    await announceChange(tx, slice, { accountId, callId, companyId }, ['keywordHits']);
  }
  if (news.length > 0) {
    const setIds = news.map(({ set }) => set.id);
    const hits = news.reduce((sum, one) => sum + one.hits.length, 0);
    await events.append(tx, accountId, [
      {
        definition: keywordSpotted,
        companyId,
        subject,
        subjectVersion: await bumpVersion(tx, accountId, callId),
        occurredAt: clock.now(accountId),
        payload: {
          ...{ callId, transcriptId, setIds, hits },
          ...(cause !== 'TALK' && { isPast: true }),
        },
      },
    ]);
  }
  // neither an edit nor a redaction brings back a tag that somebody took off
  const giving = cause === 'REDACTION' ? [] : edits > 0 ? changed : fresh;
  const tags = [...new Set(giving.flatMap((one) => one.tags))];
  const isTagged =
    tags.length === 0 || (await tag(tx, slice, accountId, { callId, companyId }, tags));
  if (!isTagged) return 'spotted-not-tagged';
  if (changed.length > 0) return 'spotted';
  return fresh.some((one) => one.hits.length > 0) ? 'unchanged' : 'nothing-spotted';
}

/** Whether the same people were told to have said the same keywords. */
function isTold(told: readonly LiveKeyword[] | undefined, hits: readonly NewHit[]): boolean {
  if (!told) return false;
  const keysOf = (some: readonly Parameters<typeof keyOfTelling>[0][]) =>
    String([...new Set(some.map(keyOfTelling))].sort());
  return keysOf(told) === keysOf(hits);
}

/** Whether these are the same places and moments of the same keywords. */
function isSame(before: readonly NewHit[], after: readonly NewHit[]): boolean {
  const keysOf = (hits: readonly NewHit[]) =>
    hits.map((hit) => `${keyOfHit(hit)} ${hit.startMs}`).sort();
  return before.length === after.length && String(keysOf(before)) === String(keysOf(after));
}

/** What makes two hits of one set in one transcript the same. */
export function keyOfHit({ keyword, n, wordIndex, wordCount }: NewHit): string {
  return JSON.stringify([keyword, n, wordIndex, wordCount]);
}

/** Puts tags on the call, as people do it, the first ones as far as it takes them. False when it does not take all. */
async function tag(
  tx: Tx,
  slice: ScanSlice,
  accountId: string,
  call: { callId: string; companyId: string },
  tags: string[],
): Promise<boolean> {
  const account = { where: { id: accountId }, select: { mode: true } } as const;
  const { mode } = await tx.account.findUniqueOrThrow(account);
  const viewer = systemViewer(accountId, mode, 'keywords');
  const { callId } = call;
  const standing = await readTagNames(tx, accountId, callId);
  const news = tags.filter((name) => !standing.includes(name));
  const add = news.slice(0, Math.max(0, MAX_TAGS - standing.length));
  const reason = `${news.length - add.length} tags are more than it takes`;
  try {
    if (add.length > 0)
      await changeCallIn(tx, slice, viewer, 'tagCall', { ...call, tags: { add } });
    if (add.length === news.length) return true;
    slice.log.warn({ callId, reason }, 'keywords were spotted, but not tagged');
    return false;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    slice.log.warn({ callId, reason: error.message }, 'keywords were spotted, but not tagged');
    return false;
  }
}
