// Whether it is still to be said what brought an interaction.
import type { Tx } from '#platform/db/index.ts';
import { readArrival } from './read-arrival.ts';
import { isAttributed } from './store.ts';

/**
 * Whether an interaction of the account came from outside and was not judged yet. False for one that is gone, and for what the
 * company began: that is never attributed.
 */
export async function isAttributionDue(tx: Tx, accountId: string, id: string): Promise<boolean> {
  return (
    !(await isAttributed(tx, accountId, id)) && (await readArrival(tx, accountId, id)) !== null
  );
}
