// The locks for a merge or a split: nothing of these leads changes and nothing arrives for them meanwhile.
import { leadLocks } from '#domains/leads/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';

/** Waits for the locks of leads, and of what they came to be known by during the wait. Before the first write. */
export async function lockLeads(
  tx: Tx,
  { events }: Pick<Platform, 'events'>,
  accountId: string,
  leadIds: readonly string[],
): Promise<void> {
  const all = async () => {
    const locks: string[] = [];
    for (const leadId of leadIds) locks.push(...(await leadLocks(tx, accountId, leadId)));
    return new Set(locks);
  };
  const held = new Set<string>();
  for (
    let wanted = await all();
    [...wanted].some((lock) => !held.has(lock));
    wanted = await all()
  ) {
    await events.lock(tx, accountId, [...wanted]);
    for (const lock of wanted) held.add(lock);
  }
}
