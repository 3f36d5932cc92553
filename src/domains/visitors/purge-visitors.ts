// Drops page views, sessions with their leases, visitors, tallies and hours of pools after 25 months (product.md 2.2), each
// account's by its own time, in chunks: the event tail waits for the oldest writing transaction.
import { workOffAccounts } from '#domains/accounts/index.ts';
import type { Platform } from '#platform/platform.ts';
import { deletePageViews, deleteSessions, deleteVisitors } from './store-gone-visits.ts';
import { deletePoolHours } from './store-pools.ts';
import { deleteSightings, deleteSiteDays } from './store-sites.ts';

/** how long communication records are kept */
const KEPT_MONTHS = 25;
const CHUNK = 1_000;

/**
 * Purges every account.
 * @param signal throws at the next chunk once it has aborted; the next run goes on
 * @returns how many rows were deleted; throws after all others when an account has failed
 */
export function purgeVisitors(
  { db, clock, log }: Pick<Platform, 'db' | 'clock' | 'log'>,
  signal: AbortSignal,
): Promise<number> {
  return workOffAccounts({ db, log }, { signal, chunk: CHUNK }, async (accountId) => {
    const before = new Date(clock.now(accountId));
    before.setUTCMonth(before.getUTCMonth() - KEPT_MONTHS);
    let total = 0;
    // what hangs on others goes first, so that no deletion cascades into more than its chunk
    for (const drop of [
      deletePageViews,
      deleteSessions,
      deleteVisitors,
      deleteSiteDays,
      deleteSightings,
      deletePoolHours,
    ]) {
      const dropped = await drop(db.prisma, accountId, before, CHUNK);
      total += dropped;
      // more of it may be left, and the next round begins with it
      if (dropped === CHUNK) break;
    }
    return total;
  });
}
