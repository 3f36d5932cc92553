// What a lead of a tree has becomes another lead's, in every place that knows leads.
import { moveTouchpoints } from '#domains/attribution/index.ts';
import { moveInteractions, moveLeadTags, restate } from '#domains/interactions/index.ts';
import { moveOfLeads, settleTree, writeLead } from '#domains/leads/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';

interface Move {
  /** whose it is now */
  from: string;
  /** whose it is to be */
  to: string;
  /** what is of these leads when no merge is counted */
  own: readonly string[];
}

/** Moves identities, interactions, touchpoints and browsers. The caller holds the locks of the leads. */
export async function moveLead(tx: Tx, accountId: string, move: Move): Promise<void> {
  await moveOfLeads(tx, accountId, move);
  await moveInteractions(tx, accountId, move);
  await moveLeadTags(tx, accountId, move);
  await moveTouchpoints(tx, accountId, move);
}

/**
 * Works out what a lead is by all that it has now: its name, since when it is known, its status and those of its
 * interactions.
 */
export async function settleLead(
  tx: Tx,
  platform: Pick<Platform, 'events' | 'clock'>,
  lead: { accountId: string; companyId: string; leadId: string },
  version: number,
): Promise<void> {
  const { accountId, leadId } = lead;
  const tree = await settleTree(tx, accountId, leadId);
  const own = tree.map(({ id }) => id);
  const score = await restate(tx, platform, lead, own);
  await writeLead(tx, accountId, leadId, { version, ...score });
}
