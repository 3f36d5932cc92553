// What a company's own fields say of a lead: judged by their types, then written.
import type { Tx } from '#platform/db/index.ts';
import { notFound, Refused, refuseAll } from '#values/refusals.ts';
import { type FieldValue, judgeFieldValue } from './field-value.ts';
import type { LeadRow } from './store.ts';
import { clearFieldValue, readFields, readFieldValues, setFieldValue } from './store-fields.ts';

/**
 * Writes values of a lead. The caller holds its lock.
 * @param given only the fields that change; null clears
 * @returns whether anything changed. Throws Refused NOT_FOUND, INVALID_INPUT naming every bad field.
 */
export async function writeFieldValues(
  tx: Tx,
  accountId: string,
  { id: leadId, companyId }: Pick<LeadRow, 'id' | 'companyId'>,
  given: readonly { fieldId: string; value?: unknown }[],
): Promise<boolean> {
  const fields = await readFields(tx, accountId, companyId);
  const before = await readFieldValues(tx, accountId, [leadId]);
  const refusals: Refused[] = [];
  const wanted: { fieldId: string; value: FieldValue | null }[] = [];
  for (const [n, { fieldId, value = null }] of given.entries()) {
    const path = ['customFields', String(n)];
    const field = fields.find(({ id }) => id === fieldId);
    if (!field) {
      refusals.push(notFound([...path, 'fieldId'], 'LeadField'));
    } else if (value === null) {
      wanted.push({ fieldId, value });
    } else {
      const judged = judgeFieldValue(field, value);
      if ('fault' in judged) {
        refusals.push(new Refused('INVALID_INPUT', judged.fault, { field: [...path, 'value'] }));
      } else wanted.push({ fieldId, value: judged.value });
    }
  }
  refuseAll(refusals);
  const changed = wanted.filter(({ fieldId, value }) => {
    const was = before.find((one) => one.fieldId === fieldId)?.value ?? null;
    return was !== value;
  });
  for (const { fieldId, value } of changed) {
    if (value === null) await clearFieldValue(tx, accountId, leadId, fieldId);
    else await setFieldValue(tx, accountId, leadId, fieldId, value);
  }
  return changed.length > 0;
}
