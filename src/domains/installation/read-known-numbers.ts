// What is needed to judge the numbers on a company's pages, by two statements for any number of them.
import { readNumberOwners, readSwapTrackers } from '#domains/numbers/index.ts';
import type { Db } from '#platform/db/index.ts';
import { seesCompany, type Viewer } from '#values/viewer.ts';
import { forPages } from './for-pages.ts';
import type { KnownNumbers } from './judge-number.ts';

/** @param numbers those to be judged, E.164 */
export async function readKnownNumbers(
  { db }: { db: Db },
  viewer: Viewer,
  companyId: string,
  numbers: readonly string[],
): Promise<KnownNumbers> {
  const { accountId } = viewer;
  const [trackers, owners] = await Promise.all([
    readSwapTrackers(db, accountId, companyId),
    readNumberOwners(db, accountId, [...new Set(numbers)]),
  ]);
  return {
    companyId,
    targets: new Set(forPages(trackers).flatMap(({ targets }) => targets)),
    owners: new Map(owners.map((owner) => [owner.number, owner])),
    sees: (id) => seesCompany(viewer, id),
  };
}
