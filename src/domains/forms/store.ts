// The tables form_submission and form_setting: the only place that writes them.
import type { FormSetting, FormSubmission, Prisma } from '#generated/prisma/client.ts';
import { type Tx, tenantSql } from '#platform/db/index.ts';
import type { Field } from './screen-fields.ts';
import { isSpamForm, MOST_LOOKED_THROUGH } from './spam-form.ts';
import { textHash } from './text-hash.ts';

/** A form of the account, or null. */
export function readForm(tx: Tx, accountId: string, id: string): Promise<FormSubmission | null> {
  return tx.formSubmission.findUnique({ where: { accountId_id: { accountId, id } } });
}

/** Writes a new form; its interaction stands already. */
export async function insertForm(
  tx: Tx,
  row: Omit<Prisma.FormSubmissionUncheckedCreateInput, 'fields' | 'textHash'> & {
    fields: readonly Field[];
    textHash: Buffer | null;
  },
): Promise<void> {
  const { fields, textHash, ...rest } = row;
  const data = {
    ...rest,
    fields: fields.map(({ name, value }) => ({ name, value })),
    textHash: textHash && Uint8Array.from(textHash),
  };
  await tx.formSubmission.create({ data });
}

/** Notes the visit that a stored form was sent in. The caller holds the form's lock. */
export async function writeSession(
  tx: Tx,
  { accountId, id }: Pick<FormSubmission, 'accountId' | 'id'>,
  sessionId: string,
): Promise<void> {
  const where = { accountId_id: { accountId, id } };
  await tx.formSubmission.update({ where, data: { sessionId }, select: { id: true } });
}

/** Whether the lead has sent a form that may be a person's. */
export async function hasForm(tx: Tx, accountId: string, leadId: string): Promise<boolean> {
  const sql = tenantSql(accountId);
  const [found] = await sql`
    select 1 from (select e.id, e.kind, e.lead_status from interaction e
                    where e.account_id = ${sql.account} and e.lead_id = ${leadId}::uuid
                      and e.kind = 'FORM'
                    order by e.occurred_at, e.id limit ${MOST_LOOKED_THROUGH}::int) e
     where not ${isSpamForm(sql)}
     limit 1`.rows(tx);
  return found !== undefined;
}

/** How many people but this one sent this text between then and now, counted up to `cap`; those that nobody knows are one each. */
export async function countOthersWithText(
  tx: Tx,
  form: { accountId: string; companyId: string; leadId: string | null; textHash: Buffer },
  when: { since: Date; at: Date },
  cap: number,
): Promise<number> {
  const sql = tenantSql(form.accountId);
  const [row] = await sql`
    select count(*)::int as n from (
      select distinct coalesce(i.lead_id, i.id) from form_submission f
        join interaction i on i.account_id = f.account_id and i.id = f.id
       where f.account_id = ${sql.account} and f.company_id = ${form.companyId}::uuid
         and f.text_hash = ${form.textHash}::bytea and f.submitted_at > ${when.since}::timestamptz
         and f.submitted_at <= ${when.at}::timestamptz
         and i.lead_id is distinct from ${form.leadId}::uuid
       limit ${cap}::int) others`.rows<{ n: number }>(tx);
  return row?.n ?? 0;
}

export type FormSettingRow = FormSetting;

/** What a company says of its forms; null before its first change. */
export function readFormSetting(
  tx: Tx,
  accountId: string,
  companyId: string,
): Promise<FormSettingRow | null> {
  return tx.formSetting.findUnique({ where: { accountId_companyId: { accountId, companyId } } });
}

/** Writes the settings of a company. The caller holds their lock. */
export async function saveFormSetting(tx: Tx, row: FormSettingRow): Promise<void> {
  const { accountId, companyId, ...fields } = row;
  await tx.formSetting.upsert({
    where: { accountId_companyId: { accountId, companyId } },
    create: row,
    update: fields,
  });
}

/** Notes that no stored form waits any more to lose fields, when the settings still have this version. */
export async function settleRemoval(
  tx: Tx,
  company: { accountId: string; companyId: string },
  version: number,
): Promise<void> {
  await tx.formSetting.updateMany({
    where: { ...company, version },
    data: { removingSince: null },
  });
}

/** Forms of a company behind an id, by their ids. */
export function readFormsAfter(
  tx: Tx,
  { accountId, companyId }: { accountId: string; companyId: string },
  after: string | null,
  limit: number,
): Promise<Pick<FormSubmission, 'id' | 'fields'>[]> {
  return tx.formSubmission.findMany({
    where: { accountId, companyId, ...(after && { id: { gt: after } }) },
    orderBy: { id: 'asc' },
    take: limit,
    select: { id: true, fields: true },
  });
}

/** Writes what is left of a form's fields. The caller holds the form's lock. */
export async function writeFields(
  tx: Tx,
  accountId: string,
  id: string,
  fields: readonly Field[],
): Promise<void> {
  const hash = textHash(fields);
  await tx.formSubmission.update({
    where: { accountId_id: { accountId, id } },
    data: {
      fields: fields.map(({ name, value }) => ({ name, value })),
      // that of before may be of nothing but what goes
      textHash: hash && Uint8Array.from(hash),
    },
    select: { id: true },
  });
}
