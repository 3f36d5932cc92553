// The companies and trackers that somebody names in a filter must be there, and be theirs to see.
import { checkCompaniesExist } from '#domains/accounts/index.ts';
import type { Tx } from '#platform/db/index.ts';
import { notFound } from '#values/refusals.ts';
import { seesCompany, type Viewer } from '#values/viewer.ts';

/**
 * Refuses a filter that is to be kept and names what is not there, or not the viewer's.
 * @param filter the input's field `filter`; null and absent name none
 * @throws Refused NOT_FOUND on filter.companyIds, filter.trackerIds
 */
export async function checkFilter(
  tx: Tx,
  viewer: Viewer,
  filter: {
    readonly companyIds?: readonly string[] | null | undefined;
    readonly trackerIds?: readonly string[] | null | undefined;
  },
): Promise<void> {
  const companies = [...new Set(filter.companyIds)];
  const field = ['filter', 'companyIds'];
  if (!companies.every((id) => seesCompany(viewer, id))) throw notFound(field, 'Company');
  await checkCompaniesExist(tx, viewer.accountId, companies, field);
  const trackers = [...new Set(filter.trackerIds)];
  if ((await countSeen(tx, viewer, trackers)) < trackers.length) {
    throw notFound(['filter', 'trackerIds'], 'Tracker');
  }
}

/** How many of these trackers there are that the viewer sees; an id that is named twice counts once. */
export function countSeen(
  tx: Tx,
  { accountId, companyIds }: Viewer,
  trackerIds: readonly string[],
): Promise<number> {
  const mine = companyIds && { companyId: { in: [...companyIds] } };
  return tx.tracker.count({ where: { accountId, id: { in: [...trackerIds] }, ...mine } });
}
