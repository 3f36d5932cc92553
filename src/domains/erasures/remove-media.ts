// The end of an erasure: its media go, here and at the carrier; then the receipt says so, with its event.
import { removeLeftMedia } from '#domains/calls/index.ts';
import { eraseSession } from '#platform/carrier/index.ts';
import type { Platform } from '#platform/platform.ts';
import { erasureCompleted, erasureSubject } from './events.ts';
import { completeErasure, readErasure } from './store.ts';

type Needs = Pick<Platform, 'db' | 'events' | 'clock' | 'storage' | 'carriers'>;

export interface ErasureKey {
  accountId: string;
  erasureId: string;
}

/**
 * Removes the media of an erased call and completes its receipt. Doing it again does nothing.
 * @returns gone, already-done or completed
 * @throws what the storage or the carrier throw: then it is to be tried again
 */
export async function removeMedia(
  platform: Needs,
  { accountId, erasureId }: ErasureKey,
): Promise<string> {
  const { db, events, clock } = platform;
  const erasure = await readErasure(db.prisma, accountId, { id: erasureId });
  if (!erasure) return 'gone';
  if (erasure.state === 'COMPLETED') return 'already-done';
  await removeLeftMedia(platform, accountId, erasure);
  const { callId, companyId, session } = erasure;
  return db.transaction(async (tx) => {
    await events.lock(tx, accountId, [`session:${session}`, erasureSubject(erasureId)]);
    const at = clock.now(accountId);
    if (!(await completeErasure(tx, accountId, erasureId, at))) return 'already-done';
    // a webhook that was being stored while the call was erased
    await eraseSession(tx, accountId, { session, subject: `call:${callId}`, at });
    await events.append(tx, accountId, [
      {
        definition: erasureCompleted,
        companyId,
        subject: erasureSubject(erasureId),
        subjectVersion: 1,
        occurredAt: at,
        payload: { erasureId, callId },
      },
    ]);
    return 'completed';
  });
}
