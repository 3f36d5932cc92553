// The table lead_tag: the only place that writes it. Of a merged lead a tag may be there for several of those it is merged
// from; it counts once.
import { type SqlSource, type Tx, tenantSql } from '#platform/db/index.ts';
import type { TagRow } from './read-interactions.ts';
import { provideTags } from './store-tags.ts';

/** The tags of each of these leads by name, in the order of the ids. */
export async function readLeadTags(
  source: SqlSource,
  accountId: string,
  leadIds: readonly string[],
): Promise<TagRow[][]> {
  const sql = tenantSql(accountId);
  const rows = await sql`
    select distinct g.name, lt.lead_id as "leadId", g.id, g.company_id as "companyId"
      from lead_tag lt
      join tag g on g.account_id = lt.account_id and g.id = lt.tag_id
     where lt.account_id = ${sql.account} and lt.lead_id = any(${leadIds}::uuid[])
     order by g.name`.rows<TagRow & { leadId: string }>(source);
  return leadIds.map((id) => rows.filter(({ leadId }) => leadId === id));
}

/** Adds and takes tags of a lead by name; names that the company does not have yet become tags. */
export async function writeLeadTags(
  tx: Tx,
  row: { accountId: string; companyId: string; leadId: string; at: Date },
  change: { add: string[]; remove: string[] },
): Promise<void> {
  const { accountId, companyId, leadId, at } = row;
  if (change.remove.length > 0) {
    await tx.leadTag.deleteMany({
      where: { accountId, leadId, tag: { name: { in: change.remove } } },
    });
  }
  if (change.add.length === 0) return;
  const tagIds = await provideTags(tx, { accountId, companyId, at }, change.add);
  await tx.leadTag.createMany({
    data: tagIds.map((tagId) => ({ accountId, leadId, ownLeadId: leadId, tagId, taggedAt: at })),
    skipDuplicates: true,
  });
}

/** The tags of some leads of a tree are another lead's from now on. */
export async function moveLeadTags(
  tx: Tx,
  accountId: string,
  move: { from: string; to: string; own: readonly string[] },
): Promise<void> {
  await tx.leadTag.updateMany({
    where: { accountId, leadId: move.from, ownLeadId: { in: [...move.own] } },
    data: { leadId: move.to },
  });
}
