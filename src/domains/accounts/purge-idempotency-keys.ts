// Drops stored answers that have outlived their 24 hours.
import type { Clock } from '#platform/clock/index.ts';
import type { Db } from '#platform/db/index.ts';
import { ANSWER_LIFETIME_MS } from './once.ts';
import { deleteIdempotencyKeys, listAccounts } from './store.ts';

// the event tail waits for the oldest writing transaction, so each statement stays small
const CHUNK = 1_000;

/**
 * Deletes the expired answers of every account, each by the account's own time, in chunks of 1,000.
 * @returns how many were deleted
 */
export async function purgeIdempotencyKeys({
  db,
  clock,
}: {
  db: Db;
  clock: Clock;
}): Promise<number> {
  let total = 0;
  for (const { id } of await listAccounts(db.prisma)) {
    const before = new Date(clock.now(id).getTime() - ANSWER_LIFETIME_MS);
    let deleted: number;
    do {
      deleted = await deleteIdempotencyKeys(db.prisma, id, before, CHUNK);
      total += deleted;
    } while (deleted === CHUNK);
  }
  return total;
}
