// Reads the fields that companies keep of their leads, and what they say.
import { authorize, may } from '#domains/accounts/index.ts';
import type { Db } from '#platform/db/index.ts';
import type { Viewer } from '#values/viewer.ts';
import {
  type FieldValueRow,
  type LeadFieldRow,
  readFields,
  readFieldValues,
} from './store-fields.ts';

/** The fields of a company that the viewer was shown, by name. Throws Forbidden. */
export function listFields(
  { db }: { db: Db },
  viewer: Viewer,
  companyId: string,
): Promise<LeadFieldRow[]> {
  authorize(viewer, 'leads.read', companyId);
  return readFields(db.prisma, viewer.accountId, companyId);
}

/** The fields with these ids that the viewer may see, in any order. */
export async function findFields(
  { db }: { db: Db },
  viewer: Viewer,
  ids: readonly string[],
): Promise<LeadFieldRow[]> {
  if (!may(viewer, 'leads.read')) return [];
  const { accountId, companyIds } = viewer;
  return db.prisma.leadField.findMany({
    where: {
      accountId,
      id: { in: [...ids] },
      ...(companyIds && { companyId: { in: [...companyIds] } }),
    },
  });
}

/** What the fields say of each of these leads, in the order of the ids, which are of leads that were read. */
export async function fieldValuesOf(
  { db }: { db: Db },
  { accountId }: Viewer,
  leadIds: readonly string[],
): Promise<FieldValueRow[][]> {
  const rows = await readFieldValues(db.pool, accountId, leadIds);
  return leadIds.map((id) => rows.filter(({ leadId }) => leadId === id));
}
