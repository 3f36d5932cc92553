// The tables lead_field and lead_field_value: the only place that writes them.
import type { LeadField } from '#generated/prisma/client.ts';
import { type SqlSource, type Tx, tenantSql } from '#platform/db/index.ts';
import type { FieldValue } from './field-value.ts';

export type LeadFieldRow = LeadField;

/** The fields that a company keeps, by name. */
export function readFields(tx: Tx, accountId: string, companyId: string): Promise<LeadFieldRow[]> {
  return tx.leadField.findMany({ where: { accountId, companyId }, orderBy: { name: 'asc' } });
}

/** One field of the account, or null. */
export function readField(tx: Tx, accountId: string, id: string): Promise<LeadFieldRow | null> {
  return tx.leadField.findUnique({ where: { accountId_id: { accountId, id } } });
}

/** Writes a new field. */
export function insertField(tx: Tx, row: Omit<LeadFieldRow, 'version'>): Promise<LeadFieldRow> {
  return tx.leadField.create({ data: row });
}

/** Writes a field's name and options and raises its version. */
export function writeField(
  tx: Tx,
  accountId: string,
  id: string,
  fields: { name: string; options: string[] },
): Promise<LeadFieldRow> {
  return tx.leadField.update({
    where: { accountId_id: { accountId, id } },
    data: { ...fields, version: { increment: 1 } },
  });
}

/** Deletes a field with all that it says. */
export async function deleteField(tx: Tx, accountId: string, id: string): Promise<void> {
  await tx.leadField.delete({ where: { accountId_id: { accountId, id } } });
}

/** What a field says of a lead. */
export interface FieldValueRow {
  leadId: string;
  fieldId: string;
  value: FieldValue;
}

/** What the fields say of these leads, by the fields' names: of a merged lead its own, else that of the first of the others. */
export function readFieldValues(
  source: SqlSource,
  accountId: string,
  leadIds: readonly string[],
): Promise<FieldValueRow[]> {
  const sql = tenantSql(accountId);
  return sql`
    select v.lead_id as "leadId", v.field_id as "fieldId", v.value from (
      select distinct on (o.lead_id, o.field_id) o.account_id, o.lead_id, o.field_id, o.value
        from lead_field_value o
       where o.account_id = ${sql.account} and o.lead_id = any(${leadIds}::uuid[])
       order by o.lead_id, o.field_id, (o.own_lead_id = o.lead_id) desc, o.own_lead_id) v
      join lead_field f on f.account_id = v.account_id and f.id = v.field_id
     where v.account_id = ${sql.account}
     order by f.name`.rows<FieldValueRow>(source);
}

/** Has a field say this of a lead. */
export async function setFieldValue(
  tx: Tx,
  accountId: string,
  leadId: string,
  fieldId: string,
  value: FieldValue,
): Promise<void> {
  const key = { accountId, ownLeadId: leadId, fieldId };
  await tx.leadFieldValue.upsert({
    where: { accountId_ownLeadId_fieldId: key },
    create: { ...key, leadId, value },
    update: { value },
  });
}

/** Has a field say nothing of a lead, nor of those that were merged into it. */
export async function clearFieldValue(
  tx: Tx,
  accountId: string,
  leadId: string,
  fieldId: string,
): Promise<void> {
  await tx.leadFieldValue.deleteMany({ where: { accountId, leadId, fieldId } });
}
