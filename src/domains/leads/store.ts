// The tables lead and lead_identity: the only place that writes them.
import type { LeadIdentityKind, LeadStatus } from '#generated/prisma/enums.ts';
import { type Tx, tenantSql } from '#platform/db/index.ts';

/** What a company can know a lead by. */
export interface Identity {
  kind: LeadIdentityKind;
  /** E.164, or an e-mail address in small letters */
  value: string;
}

/** Those of these that the company knows somebody by, each with the lead. */
export function readIdentities(
  tx: Tx,
  accountId: string,
  companyId: string,
  identities: readonly Identity[],
): Promise<(Identity & { leadId: string; ownLeadId: string | null })[]> {
  return tx.leadIdentity.findMany({
    where: {
      accountId,
      companyId,
      OR: identities.map(({ kind, value }) => ({ kind, value })),
    },
    select: { kind: true, value: true, leadId: true, ownLeadId: true },
  });
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
  tx: Tx,
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
  await tx.lead.create({ data: { accountId, companyId, id, name, createdAt } });
  await insertIdentities(tx, { accountId, companyId, leadId: id }, knownBy);
}

/**
 * Writes what a lead is known by besides.
 * @param lead.ownLeadId see the column; left out = no other
 */
export async function insertIdentities(
  tx: Tx,
  lead: { accountId: string; companyId: string; leadId: string; ownLeadId?: string | null },
  identities: readonly Identity[],
): Promise<void> {
  const data = identities.map(({ kind, value }) => ({ ...lead, kind, value }));
  await tx.leadIdentity.createMany({ data });
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
  tx: Tx,
  accountId: string,
  leadId: string,
  mode: 'SHARE' | 'UPDATE',
): Promise<LeadScore> {
  const sql = tenantSql(accountId);
  const statement =
    mode === 'SHARE'
      ? sql`select id, company_id as "companyId", status::text, version,
                   good_interaction_id as "goodInteractionId", qualified_at as "qualifiedAt"
              from lead where account_id = ${sql.account} and id = ${leadId}::uuid for share`
      : sql`select id, company_id as "companyId", status::text, version,
                   good_interaction_id as "goodInteractionId", qualified_at as "qualifiedAt"
              from lead where account_id = ${sql.account} and id = ${leadId}::uuid for update`;
  const [lead] = await statement.rows<LeadScore>(tx);
  if (!lead) throw new Error('holdLead was asked for a lead that is not in this account.');
  return lead;
}

/** Writes fields of a lead and sets its version. */
export async function writeLead(
  tx: Tx,
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
  await tx.lead.update({ where: { accountId_id: { accountId, id: leadId } }, data: fields });
}
