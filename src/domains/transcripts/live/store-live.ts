// The only writer of the table live_segment: what was said on calls that go on.
import type { LiveSegment } from '#generated/prisma/client.ts';
import type { Tx } from '#platform/db/index.ts';
import type { LivePiece } from '../redaction/redact-live.ts';

/** A redacted piece, and when it was heard. */
export interface NewLiveSegment extends LivePiece {
  heardAt: Date;
}

/** Adds pieces behind those that are there. The caller holds the call's lock. Returns their numbers, in their order. */
export async function storeLive(
  tx: Tx,
  accountId: string,
  callId: string,
  pieces: readonly NewLiveSegment[],
): Promise<number[]> {
  const { _max: newest } = await tx.liveSegment.aggregate({
    where: { accountId, callId },
    _max: { n: true },
  });
  const numbers = pieces.map((_, at) => (newest.n ?? -1) + 1 + at);
  await tx.liveSegment.createMany({
    data: pieces.map(({ speaker, startMs, endMs, text, heardAt }, at) => ({
      ...{ accountId, callId, n: numbers[at] ?? 0 },
      ...{ speaker, startMs, endMs, text, heardAt },
    })),
  });
  return numbers;
}

/** What was said on a call from a moment on, in the order of speech. */
export function liveSince(
  tx: Pick<Tx, 'liveSegment'>,
  accountId: string,
  callId: string,
  fromMs: number,
): Promise<LiveSegment[]> {
  return tx.liveSegment.findMany({
    where: { accountId, callId, endMs: { gte: fromMs } },
    orderBy: [{ startMs: 'asc' }, { n: 'asc' }],
  });
}

/** Deletes what was said on a call. Returns how many pieces that were. */
export async function dropLive(tx: Tx, accountId: string, callId: string): Promise<number> {
  const { count } = await tx.liveSegment.deleteMany({ where: { accountId, callId } });
  return count;
}

/** Deletes what was heard before a moment, over all accounts, at most `limit`. Returns how many pieces that were. */
export async function dropOldLive(tx: Tx, before: Date, limit: number): Promise<number> {
  const { count } = await tx.liveSegment.deleteMany({ where: { heardAt: { lt: before } }, limit });
  return count;
}
