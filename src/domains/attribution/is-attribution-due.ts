// Whether it is still to be said what brought an interaction.
import type { Tx } from '#platform/db/index.ts';
import { readArrival } from './read-arrival.ts';
import { attributedTo } from './store.ts';

/**
 * Whether an interaction of the account came from outside and was not judged yet, or is a form that got its visit since. False
 * for one that is gone, and for what the company began: that is never attributed.
 */
export async function isAttributionDue(tx: Tx, accountId: string, id: string): Promise<boolean> {
  const arrival = await readArrival(tx, accountId, id);
  if (!arrival) return false;
  const judged = await attributedTo(tx, accountId, id);
  if (!judged) return true;
  return (
    arrival.kind === 'FORM' && (arrival.visit?.sessionId ?? judged.sessionId) !== judged.sessionId
  );
}
