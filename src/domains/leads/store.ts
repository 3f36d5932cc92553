// The tables lead and lead_identity: the only place that writes them.
import type { LeadIdentityKind, LeadStatus } from '#generated/prisma/enums.ts';
import { columnsOf, preparedSql, type SqlTx, sqlPart, type Tx } from '#platform/db/index.ts';

/** What a company can know a lead by. */
export interface Identity {
  kind: LeadIdentityKind;
  /** E.164, or an e-mail address in small letters */
  value: string;
}

/** Those of these that the company knows somebody by, each with the lead. */
export function readIdentities(
  tx: SqlTx,
  accountId: string,
  companyId: string,
  identities: readonly Identity[],
): Promise<(Identity & { leadId: string; ownLeadId: string | null })[]> {
  const sql = preparedSql(accountId);
  return sql`
    select i.kind::text as kind, i.value, i.lead_id as "leadId", i.own_lead_id as "ownLeadId"
      from jsonb_to_recordset(${JSON.stringify(identities)}::jsonb) as known(kind lead_identity_kind, value text)
      join lead_identity i on i.account_id = ${sql.account} and i.company_id = ${companyId}::uuid
                          and i.kind = known.kind and i.value = known.value`.rows<
    Identity & { leadId: string; ownLeadId: string | null }
  >(tx);
}

/** What a lead is known by, each with the company that knows it. */
export function readLeadIdentities(
  tx: Tx,
  accountId: string,
  leadId: string,
): Promise<{ companyId: string; value: string }[]> {
  return tx.leadIdentity.findMany({
    where: { accountId, leadId },
    select: { companyId: true, value: true },
  });
}

/** Writes a new lead with what it is known by. */
export async function insertLead(
  tx: SqlTx,
  lead: {
    accountId: string;
    companyId: string;
    id: string;
    name: string | null;
    knownBy: readonly Identity[];
    createdAt: Date;
  },
): Promise<void> {
  const { accountId, companyId, id, name, knownBy, createdAt } = lead;
  const sql = preparedSql(accountId);
  await sql`
    with made as (
      insert into lead (account_id, id, company_id, name, created_at)
      select account_id, ${id}::uuid, id, ${name}, ${createdAt}::timestamptz
        from company where account_id = ${sql.account} and id = ${companyId}::uuid
      returning account_id, id, company_id)
    insert into lead_identity (account_id, company_id, kind, value, lead_id)
    select made.account_id, made.company_id, known.kind, known.value, made.id
      from made
     cross join jsonb_to_recordset(${JSON.stringify(knownBy)}::jsonb) as known(kind lead_identity_kind, value text)
  `.rows(tx);
}

/**
 * Writes what a lead is known by besides.
 * @param lead.ownLeadId see the column; left out = no other
 */
export async function insertIdentities(
  tx: SqlTx,
  lead: { accountId: string; companyId: string; leadId: string; ownLeadId?: string | null },
  identities: readonly Identity[],
): Promise<void> {
  const { accountId, companyId, leadId, ownLeadId = null } = lead;
  const sql = preparedSql(accountId);
  await sql`
    insert into lead_identity (account_id, company_id, kind, value, lead_id, own_lead_id)
    select l.account_id, ${companyId}::uuid, known.kind, known.value, l.id, ${ownLeadId}::uuid
      from lead l
     cross join jsonb_to_recordset(${JSON.stringify(identities)}::jsonb) as known(kind lead_identity_kind, value text)
     where l.account_id = ${sql.account} and l.id = ${leadId}::uuid`.rows(tx);
}

/** A lead as its own table knows it. */
export interface LeadRow {
  id: string;
  companyId: string;
  name: string | null;
  status: LeadStatus;
  goodInteractionId: string | null;
  version: number;
  createdAt: Date;
  /** the lead that it was merged into; null = none */
  mergedIntoId: string | null;
  /** who takes care of it: a member; null = nobody yet */
  assigneeId: string | null;
}

/** The columns of a lead; what the API reads. */
export const LEAD_COLUMNS = {
  id: true,
  companyId: true,
  name: true,
  status: true,
  goodInteractionId: true,
  version: true,
  createdAt: true,
  mergedIntoId: true,
  assigneeId: true,
} as const;

/** One lead of the account, or null. */
export function readLead(tx: Tx, accountId: string, id: string): Promise<LeadRow | null> {
  return tx.lead.findUnique({
    where: { accountId_id: { accountId, id } },
    select: LEAD_COLUMNS,
  });
}

/** Deletes a lead with what it is known by. It has no interaction any more. */
export async function deleteLead(tx: Tx, accountId: string, id: string): Promise<void> {
  await tx.lead.delete({ where: { accountId_id: { accountId, id } } });
}

/** Notes that a lead is being erased. */
export async function markErasing(
  tx: Tx,
  accountId: string,
  id: string,
  erasingSince: Date,
): Promise<void> {
  const where = { accountId_id: { accountId, id } };
  await tx.lead.update({ where, data: { erasingSince }, select: { id: true } });
}

/** What scoring needs to know of a lead. */
export interface LeadScore {
  id: string;
  companyId: string;
  name: string | null;
  status: Exclude<LeadStatus, 'PREVIOUSLY_MARKED_GOOD_LEAD'>;
  goodInteractionId: string | null;
  /** since when it is a good one */
  qualifiedAt: Date | null;
  version: number;
}

/**
 * Reads a lead's score and holds its row until the transaction ends.
 * @param mode UPDATE before its score changes; SHARE while an interaction is added that must not miss such a change
 */
export async function holdLead(
  tx: SqlTx,
  accountId: string,
  leadId: string,
  mode: 'SHARE' | 'UPDATE',
): Promise<LeadScore> {
  const sql = preparedSql(accountId);
  const hold = mode === 'SHARE' ? sqlPart`for share` : sqlPart`for update`;
  const [lead] = await sql`
    select id, company_id as "companyId", name, status::text, version,
           good_interaction_id as "goodInteractionId", qualified_at as "qualifiedAt"
      from lead where account_id = ${sql.account} and id = ${leadId}::uuid ${hold}`.rows<LeadScore>(
    tx,
  );
  if (!lead) throw new Error('holdLead was asked for a lead that is not in this account.');
  return lead;
}

/** Writes fields of a lead and sets its version. */
export async function writeLead(
  tx: SqlTx,
  accountId: string,
  leadId: string,
  fields: {
    version: number;
    name?: string | null;
    nameOwnerId?: string | null;
    assigneeId?: string | null;
    createdAt?: Date;
    status?: LeadStatus;
    goodInteractionId?: string | null;
    qualifiedAt?: Date | null;
  },
): Promise<void> {
  const sql = preparedSql(accountId);
  await sql`
    update lead l
       set (version, name, name_owner_id, assignee_id, created_at, status, good_interaction_id, qualified_at) =
           (select r.version, r.name, r.name_owner_id, r.assignee_id, r.created_at, r.status, r.good_interaction_id,
                   r.qualified_at
              from jsonb_populate_record(l, ${columnsOf(fields)}::jsonb) r)
     where l.account_id = ${sql.account} and l.id = ${leadId}::uuid`.rows(tx);
}
