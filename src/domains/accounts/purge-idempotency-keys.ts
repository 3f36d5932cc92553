// Drops stored answers that have outlived their 24 hours.
import type { Platform } from '#platform/platform.ts';
import { ANSWER_LIFETIME_MS } from './once.ts';
import { deleteIdempotencyKeys } from './store.ts';
import { workOffAccounts } from './work-off-accounts.ts';

// the event tail waits for the oldest writing transaction, so each statement stays small
const CHUNK = 1_000;

/**
 * Deletes the expired answers of every account, each by the account's own time, in chunks of 1,000.
 * @param signal throws at the next chunk once it has aborted; the next run goes on
 * @returns how many were deleted; throws after all others when an account has failed
 */
export function purgeIdempotencyKeys(
  { db, clock, log }: Pick<Platform, 'db' | 'clock' | 'log'>,
  signal: AbortSignal,
): Promise<number> {
  return workOffAccounts({ db, log }, { signal, chunk: CHUNK }, (accountId) => {
    const before = new Date(clock.now(accountId).getTime() - ANSWER_LIFETIME_MS);
    return deleteIdempotencyKeys(db.prisma, accountId, before, CHUNK);
  });
}
