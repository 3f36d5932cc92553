// Bulk that was tried holds the account's conversations (L12), whichever verb tried it, and with whatever files.
import { holdSending } from '#domains/agents/index.ts';
import type { Platform } from '#platform/platform.ts';
import { Refused } from '#values/refusals.ts';
import { holdsSending } from './judge-send.ts';

/**
 * Does the work. A refusal of bulk that time alone does not mend is written down behind it, since it took back all that was
 * written with it.
 * @throws whatever the work throws
 */
export async function holdingBulk<T>(
  { db, clock }: Pick<Platform, 'db' | 'clock'>,
  accountId: string,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refused && holdsSending(error)) {
      await db.transaction((tx) => holdSending(tx, accountId, clock.now(accountId)));
    }
    throw error;
  }
}
