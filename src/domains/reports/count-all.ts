// Counts the interactions that were there before reports were kept, by their ids, a chunk in each transaction. A run that
// breaks off goes on behind its last chunk; what is counted twice is counted once.
import { workOffAccounts } from '#domains/accounts/index.ts';
import type { Platform } from '#platform/platform.ts';
import { countInteractions } from './count-interactions.ts';
import { holdCount, saveCount } from './store.ts';

const CHUNK = 100;
type Needs = Pick<Platform, 'db' | 'clock' | 'jobs' | 'log'>;

/**
 * Counts what is still to be counted, of each account a chunk in turn.
 * @param options.everything begin anew, also where all was counted: repairs sums that were written by hand
 * @param options.signal throws at the next chunk once it has aborted
 * @returns how many interactions were counted; throws after all others when an account has failed
 */
export async function countAll(
  needs: Needs,
  options: { everything: boolean; signal?: AbortSignal; onProgress?: (counted: number) => void },
): Promise<number> {
  const { everything, signal = new AbortController().signal, onProgress } = options;
  let total = 0;
  const begun = new Set<string>();
  await workOffAccounts(needs, { signal, chunk: CHUNK }, async (accountId) => {
    if (everything && !begun.has(accountId)) await beginAnew(needs, accountId);
    begun.add(accountId);
    const counted = await countChunk(needs, accountId);
    total += counted;
    onProgress?.(total);
    return counted;
  });
  return total;
}

function beginAnew({ db }: Needs, accountId: string): Promise<void> {
  return db.transaction(async (tx) => {
    await holdCount(tx, accountId);
    await saveCount(tx, accountId, { reached: null, countedAt: null });
  });
}

function countChunk(needs: Needs, accountId: string): Promise<number> {
  return needs.db.transaction(async (tx) => {
    const seen = await tx.reportCount.findUnique({ where: { accountId } });
    if (seen?.countedAt) return 0;
    const rows = await tx.interaction.findMany({
      where: { accountId, ...(seen?.reached && { id: { gt: seen.reached } }) },
      orderBy: { id: 'asc' },
      take: CHUNK,
      select: { id: true },
    });
    const ids = rows.map(({ id }) => id);
    await countInteractions(tx, needs, accountId, ids);
    await holdCount(tx, accountId);
    const countedAt = ids.length < CHUNK ? needs.clock.now(accountId) : null;
    await saveCount(tx, accountId, { reached: ids.at(-1) ?? seen?.reached ?? null, countedAt });
    return ids.length;
  });
}
