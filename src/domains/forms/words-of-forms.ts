// What people wrote into forms, for those who read it with what they said elsewhere: without secrets, without what the
// company ignores by now, and without the fields that only say who they are.
import type { Tx } from '#platform/db/index.ts';
import { tellsOfPerson } from './find-person.ts';
import { type Field, screenFields, wantedFields } from './screen-fields.ts';
import { readFormSetting } from './store.ts';

/** The words of these forms as they are now, field by field in their order, by the forms' ids. Empty fields are left out. */
export async function wordsOfForms(
  tx: Tx,
  { accountId, companyId }: { accountId: string; companyId: string },
  ids: readonly string[],
): Promise<Map<string, Field[]>> {
  if (ids.length === 0) return new Map();
  const ignored = (await readFormSetting(tx, accountId, companyId))?.ignoredFields ?? [];
  const rows = await tx.formSubmission.findMany({
    where: { accountId, companyId, id: { in: [...ids] } },
    select: { id: true, fields: true },
  });
  return new Map(
    rows.map(({ id, fields }) => {
      // what is a secret may be known better than when the form came
      const kept = wantedFields(screenFields(fields as unknown as Field[]), ignored);
      return [id, kept.filter((one) => one.value.trim() !== '' && !tellsOfPerson(one))];
    }),
  );
}
