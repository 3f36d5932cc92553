// The end of an erasure: its media go, here and at the carrier, and the search server confirms that the words went; then the
// receipt says so, with its event.
import { removeLeftMedia } from '#domains/calls/index.ts';
import { interactionSubject } from '#domains/interactions/index.ts';
import { eraseSessions } from '#platform/carrier/index.ts';
import { NotYet } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { CHANNELS } from './channels.ts';
import { erasureCompleted, erasureSubject } from './events.ts';
import { completeErasure, type ErasureRow, readErasure } from './store.ts';

type Needs = Pick<Platform, 'db' | 'events' | 'clock' | 'storage' | 'carriers' | 'searchCopy'>;

export interface ErasureKey {
  accountId: string;
  erasureId: string;
}

/**
 * Removes the media of what was erased and completes its receipt. Doing it again does nothing.
 * @returns gone, already-done or completed
 * @throws what the storage or the carrier throw, NotYet while the search server may hold words: then it is to be tried again
 */
export async function removeMedia(
  platform: Needs,
  { accountId, erasureId }: ErasureKey,
): Promise<string> {
  const { db, events, clock, searchCopy } = platform;
  const erasure = await readErasure(db.prisma, accountId, { id: erasureId });
  if (!erasure) return 'gone';
  if (erasure.state === 'COMPLETED') return 'already-done';
  await removeAll(platform, erasure);
  const { interactionId, kind, companyId, sessions, transcriptIds } = erasure;
  if (await searchCopy?.mayHold(accountId, transcriptIds)) {
    throw new NotYet('the search server, which may hold what was said');
  }
  return db.transaction(async (tx) => {
    const ofCall = kind === 'CALL' ? sessions.map((session) => `session:${session}`) : [];
    await events.lock(tx, accountId, [...ofCall, erasureSubject(erasureId)]);
    const at = clock.now(accountId);
    if (!(await completeErasure(tx, accountId, erasureId, at))) return 'already-done';
    // a webhook that was being stored meanwhile
    const subject = interactionSubject(kind, interactionId);
    await eraseSessions(tx, accountId, { sessions, subject, at });
    await events.append(tx, accountId, [
      {
        definition: erasureCompleted,
        companyId,
        subject: erasureSubject(erasureId),
        subjectVersion: 1,
        occurredAt: at,
        payload: { erasureId, [CHANNELS[kind].field]: interactionId },
      },
    ]);
    return 'completed';
  });
}

async function removeAll(platform: Needs, erasure: ErasureRow): Promise<void> {
  const { accountId, kind, sessions, mediaKeys } = erasure;
  const { storage } = platform;
  for (const key of mediaKeys)
    await (key.endsWith('/') ? storage.removeAll(key) : storage.remove(key));
  const [session] = sessions;
  if (kind !== 'CALL' || session === undefined) return;
  await removeLeftMedia(platform, accountId, { ...erasure, session });
}
