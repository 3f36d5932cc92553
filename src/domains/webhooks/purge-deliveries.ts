// The delivery log is kept for 30 days, and no longer than its endpoint; what is older goes, whatever became of it.
import { listAccounts } from '#domains/accounts/index.ts';
import { workOff } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { dropEndpoint, readDeleted } from './store.ts';
import { deleteDeliveries } from './store-log.ts';

/** graphql-api.md: delivery log 30 days */
const KEPT_MS = 30 * 24 * 3_600_000;
// the event tail waits for the oldest writing transaction, so each statement stays small
const CHUNK = 1_000;

/**
 * Deletes the old deliveries of every account, each by the account's own time, and all of deleted endpoints whose own job
 * did not come to its end, in chunks of 1,000.
 * @param signal throws at the next chunk once it has aborted; the next run goes on
 * @returns how many were deleted; throws after all others when those of an account or an endpoint could not be
 */
export async function purgeDeliveries(
  { db, clock, log }: Pick<Platform, 'db' | 'clock' | 'log'>,
  signal: AbortSignal,
): Promise<number> {
  const deleted = await readDeleted(db.prisma);
  const places = [
    ...deleted.map(({ accountId, id }) => ({ accountId, endpointId: id })),
    ...(await listAccounts(db.prisma)).map(({ id }) => ({ accountId: id, endpointId: null })),
  ];
  return workOff(places, { log, signal, chunk: CHUNK }, ({ accountId, endpointId }) => {
    if (endpointId !== null) return removeSome({ db }, accountId, endpointId);
    const before = new Date(clock.now(accountId).getTime() - KEPT_MS);
    return deleteDeliveries(db.prisma, accountId, { before }, CHUNK);
  });
}

/**
 * Removes what is left of a deleted endpoint: its deliveries piece by piece, so that nothing waits for them, then its row.
 * @param signal throws at the next piece once it has aborted; the purge goes on
 * @returns how many deliveries there were
 */
export async function removeEndpoint(
  { db }: Pick<Platform, 'db'>,
  accountId: string,
  endpointId: string,
  signal: AbortSignal,
): Promise<number> {
  let total = 0;
  for (let removed = CHUNK; removed === CHUNK; total += removed) {
    signal.throwIfAborted();
    removed = await removeSome({ db }, accountId, endpointId);
  }
  return total;
}

async function removeSome(
  { db }: Pick<Platform, 'db'>,
  accountId: string,
  endpointId: string,
): Promise<number> {
  const removed = await deleteDeliveries(db.prisma, accountId, { endpointId }, CHUNK);
  if (removed < CHUNK) await dropEndpoint(db.prisma, accountId, endpointId);
  return removed;
}
