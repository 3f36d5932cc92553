// A number as the verbs that change it see it: the viewer's own, at the version that was expected.
import type { Tx } from '#platform/db/index.ts';
import { notFound, versionConflict } from '#values/refusals.ts';
import { seesCompany, type Viewer } from '#values/viewer.ts';
import { type PhoneNumberRow, readPhoneNumber } from './store-numbers.ts';

/** The number. Throws Refused NOT_FOUND, VERSION_CONFLICT. */
export async function seePhoneNumber(
  tx: Tx,
  viewer: Viewer,
  id: string,
  expectedVersion: number | null | undefined,
): Promise<PhoneNumberRow> {
  const row = await readPhoneNumber(tx, viewer.accountId, id);
  if (!row || !seesCompany(viewer, row.companyId))
    throw notFound('phoneNumberId', 'TrackingNumber');
  if (expectedVersion != null && expectedVersion !== row.version) {
    throw versionConflict(row.version);
  }
  return row;
}
