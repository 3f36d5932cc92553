// The delivery log is kept for 30 days, and no longer than its endpoint; what is older goes, whatever became of it.
import { listAccounts } from '#domains/accounts/index.ts';
import type { Clock } from '#platform/clock/index.ts';
import type { Db } from '#platform/db/index.ts';
import { dropEndpoint, readDeleted } from './store.ts';
import { deleteDeliveries } from './store-log.ts';

/** graphql-api.md: delivery log 30 days */
const KEPT_MS = 30 * 24 * 3_600_000;

/**
 * Deletes the old deliveries of every account, each by the account's own time, and all of deleted endpoints whose own job
 * did not come to its end.
 * @returns how many were deleted
 */
export async function purgeDeliveries({ db, clock }: { db: Db; clock: Clock }): Promise<number> {
  let total = 0;
  for (const { accountId, id } of await readDeleted(db.prisma)) {
    total += await removeEndpoint({ db }, accountId, id);
  }
  for (const { id } of await listAccounts(db.prisma)) {
    const before = new Date(clock.now(id).getTime() - KEPT_MS);
    total += await deleteDeliveries(db.prisma, id, { before });
  }
  return total;
}

/**
 * Removes what is left of a deleted endpoint: its deliveries piece by piece, so that nothing waits for them, then its row.
 * @returns how many deliveries there were
 */
export async function removeEndpoint(
  { db }: { db: Db },
  accountId: string,
  endpointId: string,
): Promise<number> {
  const deleted = await deleteDeliveries(db.prisma, accountId, { endpointId });
  await dropEndpoint(db.prisma, accountId, endpointId);
  return deleted;
}
