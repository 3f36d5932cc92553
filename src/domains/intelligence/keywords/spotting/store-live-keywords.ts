// The only writer of the table live_keyword: what was told of a call's keywords while it went on.
import type { LiveKeyword } from '#generated/prisma/client.ts';
import type { Tx } from '#platform/db/index.ts';
import type { NewHit } from '../store.ts';

/** What was told of a call. */
export function toldLive(
  tx: Pick<Tx, 'liveKeyword'>,
  accountId: string,
  callId: string,
): Promise<LiveKeyword[]> {
  return tx.liveKeyword.findMany({ where: { accountId, callId } });
}

/** Notes what is told at a moment. */
export async function storeLiveKeywords(
  tx: Tx,
  accountId: string,
  callId: string,
  hits: readonly NewHit[],
  toldAt: Date,
): Promise<void> {
  await tx.liveKeyword.createMany({
    data: hits.map((hit) => ({ ...hit, accountId, callId, toldAt })),
  });
}

/** Forgets what was told of a call: its transcript was looked through. */
export async function dropLiveKeywords(
  tx: Pick<Tx, 'liveKeyword'>,
  accountId: string,
  callId: string,
): Promise<void> {
  await tx.liveKeyword.deleteMany({ where: { accountId, callId } });
}

/** Forgets what was told before a moment, over all accounts, at most `limit`. Returns how much that was. */
export async function dropOldLiveKeywords(
  tx: Pick<Tx, 'liveKeyword'>,
  before: Date,
  limit: number,
): Promise<number> {
  return (await tx.liveKeyword.deleteMany({ where: { toldAt: { lt: before } }, limit })).count;
}

/**
 * What makes two tellings the same: while a call goes on a keyword is told of once for each who says it, and the transcript
 * tells of it again only where other people say other keywords of its set in it.
 */
export function keyOfTelling({
  setId,
  keyword,
  speaker,
}: Pick<NewHit, 'setId' | 'keyword' | 'speaker'>): string {
  return JSON.stringify([setId, keyword, speaker]);
}
