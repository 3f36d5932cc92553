// The tables tag and interaction_tag: the only place that writes them.
import { type Tx, tenantSql } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';

/** The names of an interaction's tags, sorted. */
export async function readTagNames(
  tx: Tx,
  accountId: string,
  interactionId: string,
): Promise<string[]> {
  const sql = tenantSql(accountId);
  const rows = await sql`
    select g.name from interaction_tag it
      join tag g on g.account_id = it.account_id and g.id = it.tag_id
     where it.account_id = ${sql.account} and it.interaction_id = ${interactionId}::uuid
     order by g.name`.rows<{ name: string }>(tx);
  return rows.map(({ name }) => name);
}

/** Adds and takes tags by name; names that the company does not have yet become tags. */
export async function writeTags(
  tx: Tx,
  row: { accountId: string; companyId: string; interactionId: string; at: Date },
  change: { add: string[]; remove: string[] },
): Promise<void> {
  const { accountId, companyId, interactionId, at } = row;
  if (change.remove.length > 0) {
    await tx.interactionTag.deleteMany({
      where: { accountId, interactionId, tag: { name: { in: change.remove } } },
    });
  }
  if (change.add.length === 0) return;
  const tagIds = await provideTags(tx, { accountId, companyId, at }, change.add);
  await tx.interactionTag.createMany({
    data: tagIds.map((tagId) => ({ accountId, interactionId, tagId, taggedAt: at })),
    skipDuplicates: true,
  });
}

/** The ids of a company's tags with these names; those that it does not have yet are made. */
export async function provideTags(
  tx: Tx,
  { accountId, companyId, at }: { accountId: string; companyId: string; at: Date },
  wanted: readonly string[],
): Promise<string[]> {
  // sorted, so that two transactions which make the same tags meet in one order
  const names = [...wanted].sort();
  await tx.tag.createMany({
    data: names.map((name) => ({ accountId, companyId, id: newId(), name, createdAt: at })),
    skipDuplicates: true,
  });
  const tags = await tx.tag.findMany({
    where: { accountId, companyId, name: { in: names } },
    select: { id: true },
  });
  return tags.map(({ id }) => id);
}
