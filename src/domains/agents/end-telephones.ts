// The telephones of somebody whose seat ends with their membership, or with a role that has none: calls that come there
// later are not theirs, and who comes back is given telephones anew.
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { agentSubject } from './events.ts';
import { findAgentOf, writeAgent } from './store.ts';
import { heldBy, saveTelephones, TELEPHONES_SUBJECT } from './store-telephones.ts';

/** Ends them as of now. Before the transaction's first write; who removes the member audits that. */
export async function endTelephones(
  tx: Tx,
  { events, clock }: { events: Pick<Platform['events'], 'lock'>; clock: Platform['clock'] },
  { accountId, userId }: { accountId: string; userId: string },
): Promise<void> {
  await events.lock(tx, accountId, [TELEPHONES_SUBJECT]);
  const found = await findAgentOf(tx, accountId, userId);
  if (!found) return;
  const agentId = found.id;
  await events.lock(tx, accountId, [agentSubject(agentId)]);
  const held = await heldBy(tx, accountId, agentId);
  const row = await findAgentOf(tx, accountId, userId);
  if (!row || held.length === 0) return;
  await saveTelephones(tx, { accountId, agentId }, [], clock.now(accountId));
  await writeAgent(tx, accountId, agentId, { version: row.version + 1 });
}
