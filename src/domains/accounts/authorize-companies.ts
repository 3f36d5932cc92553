// What names companies concerns them; what names none concerns the account.
import type { Viewer } from '#values/viewer.ts';
import { authorize, type Verb } from './permissions.ts';

/**
 * Refuses a thing for companies that are not all the viewer's: who is kept to some makes none for the whole account.
 * @param companyIds none = the account
 * @throws Forbidden
 */
export function authorizeCompanies(
  viewer: Viewer,
  verb: Verb,
  companyIds: readonly string[],
): void {
  if (companyIds.length === 0) authorize(viewer, verb, null);
  for (const companyId of companyIds) authorize(viewer, verb, companyId);
}
