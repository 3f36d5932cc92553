// Drops scans after 90 days, each account's by its own time, a few at a time: the event tail waits for the oldest writing
// transaction.
import { listAccounts } from '#domains/accounts/index.ts';
import type { Platform } from '#platform/platform.ts';
import { deleteScans } from './store.ts';

const KEPT_DAYS = 90;
const DAY_MS = 86_400_000;
/** a scan may have 500 pages with 200 numbers each */
const CHUNK = 5;

/**
 * Purges every account.
 * @param signal throws at the next chunk once it has aborted; the next run goes on
 * @returns how many scans were deleted
 */
export async function purgeScans(
  { db, clock }: Pick<Platform, 'db' | 'clock'>,
  signal: AbortSignal,
): Promise<number> {
  let total = 0;
  for (const { id } of await listAccounts(db.prisma)) {
    const before = new Date(clock.now(id).getTime() - KEPT_DAYS * DAY_MS);
    let dropped: number;
    do {
      signal.throwIfAborted();
      dropped = await deleteScans(db.prisma, id, before, CHUNK);
      total += dropped;
    } while (dropped === CHUNK);
  }
  return total;
}
