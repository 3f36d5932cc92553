// Deletes what has ended: sessions that are too old or were not used for too long, and links.
import type { Clock } from '#platform/clock/index.ts';
import type { Db } from '#platform/db/index.ts';
import { IDLE_MS, serverNow } from './session-life.ts';
import { purgeLinks, purgeSessions } from './store.ts';

// the event tail waits for the oldest writing transaction, so each statement stays small
const CHUNK = 1_000;

/** Deletes in chunks of 1,000. Returns how many rows went. */
export async function purgeSignIns({ db, clock }: { db: Db; clock: Clock }): Promise<number> {
  const now = serverNow(clock);
  const unusedSince = new Date(now.getTime() - IDLE_MS);
  const sweeps = [
    () => purgeSessions(db.prisma, { expiresAt: { lte: now } }, CHUNK),
    () => purgeSessions(db.prisma, { lastUsedAt: { lte: unusedSince } }, CHUNK),
    () => purgeLinks(db.prisma, now, CHUNK),
  ];
  let total = 0;
  for (const sweep of sweeps) {
    let deleted: number;
    do {
      deleted = await sweep();
      total += deleted;
    } while (deleted === CHUNK);
  }
  return total;
}
