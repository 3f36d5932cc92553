// Interactions of leads that are merged or split: whose they are, and what they read as beside the others.
import type { InteractionKind, LeadStatus } from '#generated/prisma/enums.ts';
import { sqlPart, type Tx, tenantSql } from '#platform/db/index.ts';
import type { Moved } from './store.ts';

/** The interactions of a lead, or what will be one. */
export interface Group {
  /** whose they are now */
  leadIds: readonly string[];
  /** only those that are of one of these when no merge is counted */
  ownLeadIds: readonly string[];
}

const OWN = sqlPart`coalesce(i.own_lead_id, i.lead_id)`;

/** Interactions of some leads of a tree are another lead's from now on. */
export async function moveInteractions(
  tx: Tx,
  accountId: string,
  move: { from: string; to: string; own: readonly string[] },
): Promise<void> {
  const sql = tenantSql(accountId);
  await sql`
    update interaction i set lead_id = ${move.to}::uuid, own_lead_id = nullif(${OWN}, ${move.to}::uuid)
     where i.account_id = ${sql.account} and i.lead_id = ${move.from}::uuid
       and ${OWN} = any(${move.own}::uuid[])`.rows(tx);
}

interface Misread {
  id: string;
  kind: InteractionKind;
  wanted: LeadStatus;
}

/**
 * The interactions of a group that read otherwise than they do as one lead's: the first good one makes it a good lead, and
 * the later ones, but those that are none, read PREVIOUSLY_MARKED_GOOD_LEAD.
 */
export function readMisread(
  tx: Tx,
  accountId: string,
  { leadIds, ownLeadIds }: Group,
  limit: number,
): Promise<Misread[]> {
  const sql = tenantSql(accountId);
  const ofGroup = sqlPart`i.lead_id = any(${leadIds}::uuid[]) and ${OWN} = any(${ownLeadIds}::uuid[])`;
  return sql`
    with good as (
      select i.occurred_at, i.id from interaction i
       where i.account_id = ${sql.account} and ${ofGroup} and i.good_since is not null
       order by i.occurred_at, i.id limit 1)
    select read.id, read.kind, read.wanted from (
      select i.id, i.kind, i.lead_status,
             case when i.id = g.id then 'GOOD_LEAD'::lead_status
                  when (i.occurred_at, i.id) > (g.occurred_at, g.id) then 'PREVIOUSLY_MARKED_GOOD_LEAD'
                  else 'NOT_SCORED' end as wanted
        from interaction i left join good g on true
       where i.account_id = ${sql.account} and ${ofGroup} and i.lead_status <> 'NOT_A_LEAD') read
     where read.lead_status <> read.wanted limit ${limit}::int`.rows<Misread>(tx);
}

/** They read so from now on; their versions are raised, and returned. */
export function writeStatuses(
  tx: Tx,
  accountId: string,
  wanted: readonly Misread[],
): Promise<Moved[]> {
  const sql = tenantSql(accountId);
  return sql`
    update interaction i set lead_status = w.wanted, version = version + 1
      from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w(id uuid, wanted lead_status)
     where i.account_id = ${sql.account} and i.id = w.id
    returning i.id, i.kind, i.version`.rows<Moved>(tx);
}

/** What the interactions of a lead make of it. */
export async function readScore(
  tx: Tx,
  accountId: string,
  leadId: string,
): Promise<{
  status: Exclude<LeadStatus, 'PREVIOUSLY_MARKED_GOOD_LEAD'>;
  goodInteractionId: string | null;
  qualifiedAt: Date | null;
}> {
  const sql = tenantSql(accountId);
  const [row] = await sql`
    select (select i.id from interaction i
             where i.account_id = ${sql.account} and i.lead_id = ${leadId}::uuid and i.good_since is not null
             order by i.occurred_at, i.id limit 1) as "goodInteractionId",
           (select min(i.good_since) from interaction i
             where i.account_id = ${sql.account} and i.lead_id = ${leadId}::uuid
               and i.good_since is not null) as "qualifiedAt",
           exists (select 1 from interaction i
                    where i.account_id = ${sql.account} and i.lead_id = ${leadId}::uuid
                      and i.lead_status = 'NOT_A_LEAD') as "hasNonLead"`.rows<{
    goodInteractionId: string | null;
    qualifiedAt: Date | null;
    hasNonLead: boolean;
  }>(tx);
  if (!row) throw new Error('A select without a table has one row.');
  const { hasNonLead, ...good } = row;
  if (good.goodInteractionId) return { status: 'GOOD_LEAD', ...good };
  return { status: hasNonLead ? 'NOT_A_LEAD' : 'NOT_SCORED', ...good };
}
