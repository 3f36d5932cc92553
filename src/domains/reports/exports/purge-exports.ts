// Removes the files of exports whose time is over: after their week, or at once when something in them was erased.
import { workOffAccounts } from '#domains/accounts/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { purgeExportsJob } from '../jobs.ts';
import { holdCount } from '../store.ts';
import { exportPrefix } from './export-link.ts';
import { endExportsOf, readOverdue, settleExpired } from './store.ts';

const CHUNK = 100;

/**
 * Ends the exports that may hold rows of a company, in the transaction that erases one of them. Holds the account's
 * counting, so that one that is being asked for is seen.
 */
export async function endExports(
  tx: Tx,
  { jobs, clock }: Pick<Platform, 'jobs' | 'clock'>,
  accountId: string,
  companyId: string,
): Promise<void> {
  await holdCount(tx, accountId);
  const ended = await endExportsOf(tx, accountId, companyId, clock.now(accountId));
  if (ended > 0) await jobs.enqueue(tx, purgeExportsJob, {});
}

/** Removes what is to go. @returns how many files; throws after all others when an account has failed */
export function purgeExports(
  { db, clock, log, storage }: Pick<Platform, 'db' | 'clock' | 'log' | 'storage'>,
  signal: AbortSignal,
): Promise<number> {
  return workOffAccounts({ db, log }, { signal, chunk: CHUNK }, async (accountId) => {
    const rows = await readOverdue(db.prisma, accountId, clock.now(accountId), CHUNK);
    for (const row of rows) {
      await storage.removeAll(exportPrefix(row));
      await settleExpired(db.prisma, accountId, row.id);
    }
    return rows.length;
  });
}
