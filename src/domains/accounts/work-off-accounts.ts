// What is due in every account is worked off account by account: one that fails keeps none of the others waiting.
import { workOff } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { listAccounts } from './store.ts';

/**
 * Works off every account of this server in turn, as `workOff` does.
 * @param options.signal once it has aborted, throws before the next chunk
 * @param options.chunk how many `take` does of an account at most; absent = `take` is asked once for each account
 * @param take does some of an account's work and says how much, each chunk in a transaction of its own
 * @returns how much was done. Throws when the signal has aborted, when the database cannot be reached, and after all others
 *   when an account has failed.
 */
export async function workOffAccounts(
  { db, log }: Pick<Platform, 'db' | 'log'>,
  options: { signal: AbortSignal; chunk?: number },
  take: (accountId: string) => Promise<number>,
): Promise<number> {
  const places = (await listAccounts(db.prisma)).map(({ id }) => ({ accountId: id }));
  return workOff(places, { log, ...options }, ({ accountId }) => take(accountId));
}
