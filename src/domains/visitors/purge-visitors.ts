// Drops page views, sessions with their leases, visitors, tallies and hours of pools after 25 months (product.md 2.2), each
// account's by its own time, in chunks: the event tail waits for the oldest writing transaction.
import { listAccounts } from '#domains/accounts/index.ts';
import type { Platform } from '#platform/platform.ts';
import { deletePageViews, deleteSessions, deleteVisitors } from './delete-visits.ts';
import { deletePoolHours } from './store-pools.ts';
import { deleteSightings, deleteSiteDays } from './store-sites.ts';

/** how long communication records are kept */
const KEPT_MONTHS = 25;
const CHUNK = 1_000;

/**
 * Purges every account.
 * @param signal throws at the next chunk once it has aborted; the next run goes on
 * @returns how many rows were deleted
 */
export async function purgeVisitors(
  { db, clock }: Pick<Platform, 'db' | 'clock'>,
  signal: AbortSignal,
): Promise<number> {
  let total = 0;
  for (const { id } of await listAccounts(db.prisma)) {
    const before = new Date(clock.now(id));
    before.setUTCMonth(before.getUTCMonth() - KEPT_MONTHS);
    // what hangs on others goes first, so that no deletion cascades into more than its chunk
    for (const drop of [
      deletePageViews,
      deleteSessions,
      deleteVisitors,
      deleteSiteDays,
      deleteSightings,
      deletePoolHours,
    ]) {
      let dropped: number;
      do {
        signal.throwIfAborted();
        dropped = await drop(db.prisma, id, before, CHUNK);
        total += dropped;
      } while (dropped === CHUNK);
    }
  }
  return total;
}
