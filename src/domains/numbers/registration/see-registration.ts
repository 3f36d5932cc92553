// A registration as the verbs that change it see it: the viewer's own, at the version that was expected.
import type { Tx } from '#platform/db/index.ts';
import { notFound, versionConflict } from '#values/refusals.ts';
import { seesCompany, type Viewer } from '#values/viewer.ts';
import {
  type RegistrationKind,
  type RegistrationRow,
  readRegistration,
} from './store-registrations.ts';

/** The field that names a registration, and its type, by kind. */
export const NAMES = {
  brand: { field: 'brandRegistrationId', type: 'BrandRegistration' },
  campaign: { field: 'campaignRegistrationId', type: 'CampaignRegistration' },
} as const;

/** The registration. Throws Refused NOT_FOUND, VERSION_CONFLICT. */
export async function seeRegistration(
  tx: Tx,
  viewer: Viewer,
  kind: RegistrationKind,
  id: string,
  expectedVersion: number | null | undefined,
): Promise<RegistrationRow> {
  const row = await readRegistration(tx, kind, viewer.accountId, id);
  if (!row || !seesCompany(viewer, row.companyId)) {
    throw notFound(NAMES[kind].field, NAMES[kind].type);
  }
  if (expectedVersion != null && expectedVersion !== row.version) {
    throw versionConflict(row.version);
  }
  return row;
}
