// Which leads were merged into which, in the tables lead and lead_identity: a tree below the lead that all belongs to now.
import { type SqlSource, type Tx, tenantSql } from '#platform/db/index.ts';

/** A lead of a tree, the one on top or one that was merged. */
export interface MergedLead {
  id: string;
  companyId: string;
  name: string | null;
  /** the lead of the tree that the name came with; null = its own */
  nameOwnerId: string | null;
  /** without the leads that were merged into it */
  ownCreatedAt: Date;
  mergedIntoId: string | null;
  /** since when it is being erased; null = it stays */
  erasingSince: Date | null;
  version: number;
  /** rises with every merge into it and split from it */
  membersVersion: number;
}

/** A lead and all that was merged into it, in the order in which they got in touch; empty when there is no such lead. */
export function readTree(tx: Tx, accountId: string, leadId: string): Promise<MergedLead[]> {
  const sql = tenantSql(accountId);
  return sql`
    with recursive tree as (
      (select l.* from lead l where l.account_id = ${sql.account} and l.id = ${leadId}::uuid)
      union all
      (select l.* from tree t join lead l on l.account_id = t.account_id and l.merged_into_id = t.id
        where l.account_id = ${sql.account}))
    select id, company_id as "companyId", name, name_owner_id as "nameOwnerId",
           coalesce(own_created_at, created_at) as "ownCreatedAt",
           merged_into_id as "mergedIntoId", erasing_since as "erasingSince", version,
           members_version as "membersVersion"
      from tree where tree.account_id = ${sql.account}
     order by coalesce(own_created_at, created_at), id`.rows<MergedLead>(tx);
}

/** The lead that each of these belongs to in the end: on top of its tree, itself where it was not merged. By their ids. */
export async function readTops(
  source: SqlSource,
  accountId: string,
  leadIds: readonly string[],
): Promise<Map<string, string>> {
  const sql = tenantSql(accountId);
  const rows = await sql`
    with recursive way as (
      (select l.account_id, l.id, l.id as top, l.merged_into_id as above from lead l
        where l.account_id = ${sql.account} and l.id = any(${leadIds}::uuid[]))
      union all
      (select w.account_id, w.id, l.id, l.merged_into_id
         from way w join lead l on l.account_id = w.account_id and l.id = w.above
        where l.account_id = ${sql.account}))
    select id, top from way where way.account_id = ${sql.account} and above is null`.rows<{
    id: string;
    top: string;
  }>(source);
  return new Map(rows.map(({ id, top }) => [id, top]));
}

/** The ids of the leads that were merged into each of these, the first merged first, in the order of the ids. */
export async function readMergedInto(
  source: SqlSource,
  accountId: string,
  leadIds: readonly string[],
): Promise<string[][]> {
  const sql = tenantSql(accountId);
  const rows = await sql`
    select id, merged_into_id as "intoId" from lead
     where account_id = ${sql.account} and merged_into_id = any(${leadIds}::uuid[])
     order by merged_at, id`.rows<{ id: string; intoId: string }>(source);
  return leadIds.map((id) => rows.filter(({ intoId }) => intoId === id).map((row) => row.id));
}

/** Puts a lead below another, or (null) on top again. Its version is raised, and returned. */
export async function writeMerged(
  tx: Tx,
  accountId: string,
  leadId: string,
  into: { leadId: string; at: Date } | null,
): Promise<number> {
  const { version } = await tx.lead.update({
    where: { accountId_id: { accountId, id: leadId } },
    data: {
      mergedIntoId: into?.leadId ?? null,
      mergedAt: into?.at ?? null,
      version: { increment: 1 },
    },
    select: { version: true },
  });
  return version;
}

/** What some leads of a tree are known by, their notes and fields belong to another lead from now on. */
export async function moveOfLeads(
  tx: Tx,
  accountId: string,
  move: { from: string; to: string; own: readonly string[] },
): Promise<void> {
  const sql = tenantSql(accountId);
  await sql`
    update lead_identity
       set lead_id = ${move.to}::uuid, own_lead_id = nullif(coalesce(own_lead_id, lead_id), ${move.to}::uuid)
     where account_id = ${sql.account} and lead_id = ${move.from}::uuid
       and coalesce(own_lead_id, lead_id) = any(${move.own}::uuid[])`.rows(tx);
  await sql`
    update lead_note
       set lead_id = ${move.to}::uuid, own_lead_id = nullif(coalesce(own_lead_id, lead_id), ${move.to}::uuid)
     where account_id = ${sql.account} and lead_id = ${move.from}::uuid
       and coalesce(own_lead_id, lead_id) = any(${move.own}::uuid[])`.rows(tx);
  await tx.leadFieldValue.updateMany({
    where: { accountId, leadId: move.from, ownLeadId: { in: [...move.own] } },
    data: { leadId: move.to },
  });
}

/**
 * Writes what a lead is called now that its tree is another, maybe by another's name, and when the first of its tree got
 * in touch.
 */
export async function writeOfTree(
  tx: Tx,
  accountId: string,
  leadId: string,
  fields: { name: string | null; nameOwnerId: string | null; createdAt: Date; ownCreatedAt: Date },
): Promise<void> {
  await tx.lead.update({
    where: { accountId_id: { accountId, id: leadId } },
    data: { ...fields, membersVersion: { increment: 1 } },
    select: { id: true },
  });
}

/**
 * Gives names that came with some leads back: to the one on top of them where it has none, and all others lose them.
 * @param topId the one of them that is split off
 */
export async function takeNames(
  tx: Tx,
  accountId: string,
  ownerIds: readonly string[],
  topId: string,
): Promise<void> {
  const sql = tenantSql(accountId);
  await sql`
    update lead l set name = n.name, name_owner_id = nullif(n.name_owner_id, l.id)
      from (select name, name_owner_id from lead
             where account_id = ${sql.account} and name_owner_id = any(${ownerIds}::uuid[])
               and id <> all(${ownerIds}::uuid[]) and name is not null
             order by id limit 1) n
     where l.account_id = ${sql.account} and l.id = ${topId}::uuid and l.name is null`.rows(tx);
  await tx.lead.updateMany({
    where: { accountId, nameOwnerId: { in: [...ownerIds] }, id: { notIn: [...ownerIds] } },
    data: { name: null, nameOwnerId: null },
  });
}
