// Drops scans after 90 days, each account's by its own time, a few at a time: the event tail waits for the oldest writing
// transaction.
import { workOffAccounts } from '#domains/accounts/index.ts';
import type { Platform } from '#platform/platform.ts';
import { deleteScans } from './store.ts';

const KEPT_DAYS = 90;
const DAY_MS = 86_400_000;
/** a scan may have 500 pages with 200 numbers each */
const CHUNK = 5;

/**
 * Purges every account.
 * @param signal throws at the next chunk once it has aborted; the next run goes on
 * @returns how many scans were deleted; throws after all others when an account has failed
 */
export function purgeScans(
  { db, clock, log }: Pick<Platform, 'db' | 'clock' | 'log'>,
  signal: AbortSignal,
): Promise<number> {
  return workOffAccounts({ db, log }, { signal, chunk: CHUNK }, (accountId) => {
    const before = new Date(clock.now(accountId).getTime() - KEPT_DAYS * DAY_MS);
    return deleteScans(db.prisma, accountId, before, CHUNK);
  });
}
