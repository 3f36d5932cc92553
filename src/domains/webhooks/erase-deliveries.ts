// Erasure reaches what was rendered for partners: bodies and what receivers answered go, the fact of the delivery stays.
import type { Clock } from '#platform/clock/index.ts';
import type { Tx } from '#platform/db/index.ts';
import { holdEndpoints } from './store.ts';
import { eraseTexts, readEndpointsTold } from './store-log.ts';

/**
 * Erases the bodies and the answers of all deliveries of these subjects, in the transaction that erases the rest. What
 * still waits is not sent any more, and none of them can be replayed.
 * @param subjects as events name them: `call:<uuid>`; with it `lead:<uuid>` and the other calls of that lead, whose bodies
 *   may tell of it
 * @returns how many deliveries there were
 */
export async function eraseDeliveries(
  tx: Tx,
  { clock }: { clock: Clock },
  accountId: string,
  subjects: readonly string[],
): Promise<number> {
  // so that bodies which are being rendered wait, and are not kept
  await holdEndpoints(tx, accountId, await readEndpointsTold(tx, accountId, subjects));
  return eraseTexts(tx, accountId, subjects, clock.now(accountId));
}
