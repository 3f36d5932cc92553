// What ends with a member in domains that this one does not know: each says so once, when it is loaded.
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';

/** What a membership that ends, or becomes one that only receives mail, leaves behind. */
export type Ending = (
  tx: Tx,
  needs: { events: Pick<Platform['events'], 'lock'>; clock: Platform['clock'] },
  member: { accountId: string; userId: string },
) => Promise<void>;

const endings: Ending[] = [];

/** Has this done in the transaction in which a member leaves, or becomes NOTIFICATION, before that writes anything. */
export function endsWithMember(ending: Ending): void {
  endings.push(ending);
}

/** Ends all that ends with a member. Call it before the first write. */
export const endWithMember: Ending = async (tx, needs, member) => {
  for (const end of endings) await end(tx, needs, member);
};
