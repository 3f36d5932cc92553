// The table interaction: the only place that writes it.
import type { InteractionKind, LeadStatus } from '#generated/prisma/enums.ts';
import { preparedSql, type SqlTx, type Tx } from '#platform/db/index.ts';

/** An interaction as its own table knows it. */
export interface InteractionRow {
  id: string;
  kind: InteractionKind;
  companyId: string;
  /** null when the caller withheld the number */
  leadId: string | null;
  sourceId: string | null;
  occurredAt: Date;
  valueCents: bigint | null;
  leadStatus: LeadStatus;
  /** since when it has the mark GOOD_LEAD; null = has none */
  goodSince: Date | null;
  note: string | null;
  version: number;
}

const COLUMNS = {
  id: true,
  kind: true,
  companyId: true,
  leadId: true,
  sourceId: true,
  occurredAt: true,
  valueCents: true,
  leadStatus: true,
  goodSince: true,
  note: true,
  version: true,
} as const;

/** One interaction of the account, or null. */
export function readInteraction(
  tx: Tx,
  accountId: string,
  id: string,
): Promise<InteractionRow | null> {
  return tx.interaction.findUnique({
    where: { accountId_id: { accountId, id } },
    select: COLUMNS,
  });
}

/**
 * Writes a new interaction with version 1.
 * @param row.waits it is to be answered from now on, in the time that its company wants that done
 */
export async function insertInteraction(
  tx: SqlTx,
  accountId: string,
  row: Pick<
    InteractionRow,
    'id' | 'kind' | 'companyId' | 'leadId' | 'sourceId' | 'occurredAt' | 'leadStatus'
  > & { ownLeadId: string | null; waits: boolean },
): Promise<void> {
  const sql = preparedSql(accountId);
  await sql`
    insert into interaction (account_id, id, kind, company_id, lead_id, own_lead_id, source_id, occurred_at, lead_status,
                             answer_due_at)
    select c.account_id, ${row.id}::uuid, ${row.kind}::interaction_kind, c.id, ${row.leadId}::uuid,
           ${row.ownLeadId}::uuid, ${row.sourceId}::uuid, ${row.occurredAt}::timestamptz,
           ${row.leadStatus}::lead_status,
           case when ${row.waits}::boolean
                then ${row.occurredAt}::timestamptz + s.answer_within_minutes * interval '1 minute' end
      from company c
      left join inbox_setting s on s.account_id = c.account_id and s.company_id = c.id
     where c.account_id = ${sql.account} and c.id = ${row.companyId}::uuid`.rows(tx);
}

/** When an interaction took place; null when there is none. */
export async function readMoment(tx: SqlTx, accountId: string, id: string): Promise<Moment | null> {
  const sql = preparedSql(accountId);
  const [found] = await sql`
    select id, occurred_at as "occurredAt" from interaction
     where account_id = ${sql.account} and id = ${id}::uuid`.rows<Moment>(tx);
  return found ?? null;
}

/** Writes fields of an interaction (may be none) and raises its version, which is returned. */
export async function writeInteraction(
  tx: Tx,
  accountId: string,
  id: string,
  fields: Partial<Pick<InteractionRow, 'note' | 'valueCents' | 'leadStatus' | 'goodSince'>>,
): Promise<number> {
  const { version } = await tx.interaction.update({
    where: { accountId_id: { accountId, id } },
    data: { ...fields, version: { increment: 1 } },
    select: { version: true },
  });
  return version;
}

/** Raises the version of an interaction, which is returned. */
export async function raiseVersion(tx: SqlTx, accountId: string, id: string): Promise<number> {
  const sql = preparedSql(accountId);
  const [row] = await sql`
    update interaction set version = version + 1
     where account_id = ${sql.account} and id = ${id}::uuid returning version`.rows<{
    version: number;
  }>(tx);
  if (!row)
    throw new Error('raiseVersion was asked for an interaction that is not in this account.');
  return row.version;
}

/** Writes where an interaction came from. Its version is raised by who announces it. */
export async function setSource(
  tx: Tx,
  accountId: string,
  id: string,
  sourceId: string | null,
): Promise<void> {
  const where = { accountId_id: { accountId, id } };
  await tx.interaction.update({ where, data: { sourceId }, select: { id: true } });
}

/** Writes whose an interaction is. Its version is raised by who announces it. */
export async function setLead(
  tx: Tx,
  accountId: string,
  id: string,
  fields: { leadId: string; ownLeadId: string | null; leadStatus: LeadStatus },
): Promise<void> {
  const where = { accountId_id: { accountId, id } };
  await tx.interaction.update({ where, data: fields, select: { id: true } });
}

/** Raises the versions of interactions, which are returned. */
export function raiseVersions(
  tx: Tx,
  accountId: string,
  ids: readonly string[],
): Promise<Pick<InteractionRow, 'id' | 'version'>[]> {
  return tx.interaction.updateManyAndReturn({
    where: { accountId, id: { in: [...ids] } },
    data: { version: { increment: 1 } },
    select: { id: true, version: true },
  });
}

/** A place in a lead's history: interactions are ordered by time, then by id. */
export interface Moment {
  id: string;
  occurredAt: Date;
}

/** The interactions of a lead after a moment, and which of them. */
export interface Later {
  leadId: string;
  after: Moment;
  /** only those that read one of these */
  statuses: readonly LeadStatus[];
}

/** An interaction that changed beside the one that was asked for; its version has risen. */
export type Moved = Pick<InteractionRow, 'id' | 'kind' | 'version'>;

const later = (accountId: string, { leadId, after, statuses }: Later) => ({
  accountId,
  leadId,
  leadStatus: { in: [...statuses] },
  OR: [
    { occurredAt: { gt: after.occurredAt } },
    { occurredAt: after.occurredAt, id: { gt: after.id } },
  ],
});

/** The later interactions of a lead, at most `limit`. */
export function readLater(
  tx: Tx,
  accountId: string,
  which: Later,
  limit: number,
): Promise<Pick<InteractionRow, 'id' | 'kind'>[]> {
  return tx.interaction.findMany({
    where: later(accountId, which),
    select: { id: true, kind: true },
    take: limit,
  });
}

/** The later interactions of a lead now read `to`, and have no mark of their own any more; the caller holds their locks and announces what is returned. */
export function moveLater(
  tx: Tx,
  accountId: string,
  which: Later,
  to: LeadStatus,
): Promise<Moved[]> {
  return tx.interaction.updateManyAndReturn({
    where: later(accountId, which),
    data: { leadStatus: to, goodSince: null, version: { increment: 1 } },
    select: { id: true, kind: true, version: true },
  });
}

/** Whether any interaction of the lead but this one is marked NOT_A_LEAD. */
export async function hasOtherNonLead(
  tx: Tx,
  accountId: string,
  leadId: string,
  exceptId: string,
): Promise<boolean> {
  const found = await tx.interaction.findFirst({
    where: { accountId, leadId, leadStatus: 'NOT_A_LEAD', id: { not: exceptId } },
    select: { id: true },
  });
  return found !== null;
}

/** The lead's interactions but this one, in any order. */
export function readOthers(
  tx: Tx,
  accountId: string,
  leadId: string,
  exceptId: string,
): Promise<Pick<InteractionRow, 'id' | 'kind'>[]> {
  return tx.interaction.findMany({
    where: { accountId, leadId, id: { not: exceptId } },
    select: { id: true, kind: true },
  });
}

/** Deletes an interaction with what its channel and its tags hang on it. */
export async function deleteInteraction(tx: Tx, accountId: string, id: string): Promise<void> {
  await tx.interaction.delete({ where: { accountId_id: { accountId, id } } });
}
