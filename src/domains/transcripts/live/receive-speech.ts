// Takes what the carrier heard on a call that goes on: redacted before anything is stored or told, then kept until the
// transcript is there. It may come twice, late, in any order, or never.
import { findLiveCall, type LiveCall } from '#domains/calls/index.ts';
import { bumpVersion } from '#domains/interactions/index.ts';
import type { Speaker } from '#generated/prisma/enums.ts';
import {
  type CarrierSpeech,
  eraseSessions,
  type InboxRow,
  isErasedSession,
  translateSpeech,
} from '#platform/carrier/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { NewEvent } from '#platform/events/index.ts';
import type { Platform } from '#platform/platform.ts';
import { transcriptSegment } from '../events.ts';
import { redactionPolicy } from '../redaction/read-redaction-policy.ts';
import { goesOn, LONGEST_PAUSE_MS, needsMore, redactLive } from '../redaction/redact-live.ts';
import { liveSince, type NewLiveSegment, storeLive } from './store-live.ts';

/** with their pauses a bit over two minutes */
const MOST_ATTEMPTS = 8;
/** longer than anything that was said decides on what comes (redact-channel.ts) */
const CONTEXT_MS = 60_000;
/** a quick speaker; the carrier tells only when a piece was over */
const MS_PER_WORD = 350;

type Slice = Pick<Platform, 'db' | 'events' | 'clock' | 'inbox'>;

/**
 * Takes what waits of one call's words, in one transaction.
 * @param line the line of a call's words in the inbox
 * @throws when that failed; the words then wait on, sealed, and are dropped at last, their rows FAILED
 */
export async function receiveSpeech(slice: Slice, accountId: string, line: string): Promise<void> {
  const { db, inbox, clock } = slice;
  try {
    await db.transaction((tx) => receiveIn(tx, slice, accountId, line));
  } catch (error) {
    const failure = { error, most: MOST_ATTEMPTS, now: clock.now(accountId) };
    await inbox.countFailure(accountId, line, failure);
    throw error;
  }
}

async function receiveIn(tx: Tx, slice: Slice, accountId: string, line: string): Promise<void> {
  const { events, inbox, clock } = slice;
  await events.lock(tx, accountId, [`session:${line}`]);
  const rows = await inbox.waiting(tx, accountId, line);
  if (rows.length === 0) return;
  if (await isErasedSession(tx, accountId, line)) {
    const at = clock.now(accountId);
    await eraseSessions(tx, accountId, { sessions: [line], subject: `session:${line}`, at });
    return;
  }
  const { said, unread } = readRows(rows);
  // no write before the call's lock: it would tell its events late
  const call = await holdCall(tx, events, accountId, said);
  for (const { id, error } of unread) await inbox.settle(tx, accountId, [id], 'FAILED', error);
  if (!call || (await isWrittenDown(tx, accountId, call.id))) {
    const ids = said.map(({ id }) => id);
    return inbox.settle(tx, accountId, ids, 'IGNORED');
  }
  const { classes } = await redactionPolicy(tx, { accountId, companyId: call.companyId });
  const now = clock.now(accountId);
  const before = await liveSince(tx, accountId, call.id, earliestOf(said, call) - CONTEXT_MS);
  const pieces = redactLive(before, placesOf(said, call, before), classes);
  const waits = needsMore(classes) ? thatMayGoOn(pieces, now) : new Set<CarrierSpeech>();
  const told = pieces.filter(({ speech, text }) => text !== '' && !waits.has(speech));
  const numbers = await storeLive(tx, accountId, call.id, told);
  await tell(tx, slice, accountId, call, told, numbers);
  const done = said.filter((speech) => !waits.has(speech)).map(({ id }) => id);
  await inbox.settle(tx, accountId, done, 'DONE');
  if (waits.size > 0) {
    // until the first of them has waited enough; one that came late may have already, for one that goes on from it
    const due = [...waits].map(({ occurredAt }) => occurredAt.getTime() + LONGEST_PAUSE_MS);
    const ahead = due.filter((at) => at > now.getTime());
    await inbox.postpone(tx, accountId, line, new Date(Math.min(...ahead)));
  }
}

/** What cannot be read fails alone. */
function readRows(rows: readonly InboxRow[]) {
  const said: CarrierSpeech[] = [];
  const unread: { id: string; error: string }[] = [];
  for (const { id, body } of rows) {
    try {
      said.push(translateSpeech(body));
    } catch (error) {
      unread.push({ id, error: String(error) });
    }
  }
  return { said, unread };
}

/** Locks the call; null when its words are not wanted, or no more once the lock was had. */
async function holdCall(
  tx: Tx,
  events: Slice['events'],
  accountId: string,
  [first]: readonly CarrierSpeech[],
): Promise<LiveCall | null> {
  const seen = first ? await findLiveCall(tx, accountId, first.session) : null;
  if (!first || !seen) return null;
  await events.lock(tx, accountId, [`call:${seen.id}`]);
  return findLiveCall(tx, accountId, first.session);
}

type Piece = NewLiveSegment & { speech: CarrierSpeech };

/** Who said it when: a piece ends when the carrier says so, and begins as many words before, behind the speaker's last. */
function placesOf(
  said: readonly CarrierSpeech[],
  call: LiveCall,
  before: readonly { speaker: Speaker; endMs: number }[],
): Piece[] {
  const ends = before.map(({ speaker, endMs }) => ({ speaker, endMs }));
  return said.map((speech) => {
    const { occurredAt: heardAt, side, text } = speech;
    const speaker = side === 'OWN' ? 'CALLER' : side === 'OTHER' ? 'AGENT' : 'UNKNOWN';
    const endMs = Math.max(0, heardAt.getTime() - call.recordedFrom.getTime());
    const earlier = ends.filter((one) => one.speaker === speaker && one.endMs <= endMs);
    const lastMs = Math.max(0, ...earlier.map((one) => one.endMs));
    const startMs = Math.max(lastMs, endMs - text.split(/\s+/).length * MS_PER_WORD);
    ends.push({ speaker, endMs });
    return { speech, speaker, startMs, endMs, text, heardAt };
  });
}

function earliestOf(said: readonly CarrierSpeech[], { recordedFrom }: LiveCall): number {
  return Math.min(...said.map(({ occurredAt }) => occurredAt.getTime())) - recordedFrom.getTime();
}

/**
 * The last piece of each speaker, as long as they may go on, with those before it that it goes on from: a name, or an illness,
 * may be told over two. They stay sealed in the inbox, where the next one finds them.
 */
function thatMayGoOn(pieces: readonly Piece[], now: Date): Set<CarrierSpeech> {
  const waits = new Set<CarrierSpeech>();
  for (const own of Map.groupBy(pieces, ({ speaker }) => speaker).values()) {
    let next: Piece | undefined;
    for (const piece of own.toReversed()) {
      const mayGoOn = next
        ? goesOn(piece.text, next.text)
        : now.getTime() - piece.heardAt.getTime() < LONGEST_PAUSE_MS;
      if (!mayGoOn) break;
      waits.add(piece.speech);
      next = piece;
    }
  }
  return waits;
}

async function isWrittenDown(tx: Tx, accountId: string, callId: string): Promise<boolean> {
  const ready = { accountId, callId, state: 'READY', recording: { kind: 'CALL' } } as const;
  return (await tx.transcript.count({ where: ready })) > 0;
}

async function tell(
  tx: Tx,
  { events }: Slice,
  accountId: string,
  { id: callId, companyId }: LiveCall,
  told: readonly Piece[],
  numbers: readonly number[],
): Promise<void> {
  const announced: NewEvent[] = [];
  for (const [at, { heardAt: occurredAt }] of told.entries()) {
    announced.push({
      ...{ definition: transcriptSegment, companyId, subject: `call:${callId}`, occurredAt },
      // the call's version: everything that is told of one call is told under one subject
      subjectVersion: await bumpVersion(tx, accountId, callId),
      payload: { callId, n: numbers[at] ?? 0 },
    });
  }
  if (announced.length > 0) await events.append(tx, accountId, announced);
}
