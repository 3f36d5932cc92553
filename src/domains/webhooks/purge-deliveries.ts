// The delivery log is kept for 30 days; what is older goes, whatever became of it.
import { listAccounts } from '#domains/accounts/index.ts';
import type { Clock } from '#platform/clock/index.ts';
import type { Db } from '#platform/db/index.ts';
import { deleteDeliveries } from './store-log.ts';

/** graphql-api.md: delivery log 30 days */
const KEPT_MS = 30 * 24 * 3_600_000;
// the event tail waits for the oldest writing transaction, so each statement stays small
const CHUNK = 1_000;

/**
 * Deletes the old deliveries of every account, each by the account's own time, in chunks of 1,000.
 * @returns how many were deleted
 */
export async function purgeDeliveries({ db, clock }: { db: Db; clock: Clock }): Promise<number> {
  let total = 0;
  for (const { id } of await listAccounts(db.prisma)) {
    const before = new Date(clock.now(id).getTime() - KEPT_MS);
    let deleted: number;
    do {
      deleted = await deleteDeliveries(db.prisma, id, before, CHUNK);
      total += deleted;
    } while (deleted === CHUNK);
  }
  return total;
}
