// An account's texts are judged one after the other, since its rates and quotas are counted over all of them. They wait for
// that here and not at the database, where each would hold a connection meanwhile.
import pLimit, { type LimitFunction } from 'p-limit';

/** the accounts of which texts are being judged in this process */
const accounts = new Map<string, { turns: LimitFunction; texts: number }>();

/** Does the work when no other text of the account is being judged in this process; other processes wait at the lock. */
export async function inSendTurn<T>(accountId: string, work: () => Promise<T>): Promise<T> {
  const own = accounts.get(accountId) ?? { turns: pLimit(1), texts: 0 };
  accounts.set(accountId, own);
  own.texts += 1;
  try {
    return await own.turns(work);
  } finally {
    own.texts -= 1;
    if (own.texts === 0) accounts.delete(accountId);
  }
}
