// What a lead is called and since when it is known, by all that was merged into it.
import type { Tx } from '#platform/db/index.ts';
import { type MergedLead, readTree, writeOfTree } from './store-merges.ts';

/**
 * Works out name and createdAt of a lead from its tree, which is another than it was, and writes them. Its own name stands; without one it has that of
 * the first of the others who has one. The caller holds the locks of all of them.
 * @returns the tree
 */
export async function settleTree(tx: Tx, accountId: string, leadId: string): Promise<MergedLead[]> {
  const tree = await readTree(tx, accountId, leadId);
  const lead = tree.find(({ id }) => id === leadId);
  const [first] = tree;
  if (!lead || !first) throw new Error('settleTree was asked for a lead that is gone.');
  const { name, nameOwnerId } = nameOf(lead, tree);
  const { ownCreatedAt } = lead;
  const fields = { name, nameOwnerId, createdAt: first.ownCreatedAt, ownCreatedAt };
  await writeOfTree(tx, accountId, leadId, fields);
  return tree;
}

function nameOf(
  lead: MergedLead,
  tree: readonly MergedLead[],
): Pick<MergedLead, 'name' | 'nameOwnerId'> {
  const isOfTree = (one: MergedLead) =>
    one.name !== null && tree.some(({ id }) => id === (one.nameOwnerId ?? one.id));
  if (isOfTree(lead)) return lead;
  const named = tree.find(isOfTree);
  return named
    ? { name: named.name, nameOwnerId: named.nameOwnerId ?? named.id }
    : { name: null, nameOwnerId: null };
}
