// Reads saved searches: whoever may read transcripts sees those of the account, but for those that name a company which
// they do not see.
import { authorize, may } from '#domains/accounts/index.ts';
import type { Prisma } from '#generated/prisma/client.ts';
import type { Db } from '#platform/db/index.ts';
import { notFound } from '#values/refusals.ts';
import { seesCompany, type Viewer } from '#values/viewer.ts';
import { type SearchRow, toSearch } from './store-searches.ts';

/** Of an account: each is asked about every transcript. */
export const MOST_SEARCHES = 100;

/** Whether a viewer who may read transcripts sees a saved search. */
export function seesSearch(viewer: Viewer, { companyIds }: Pick<SearchRow, 'companyIds'>): boolean {
  return companyIds.every((companyId) => seesCompany(viewer, companyId));
}

/** All that the viewer sees, by name; at most MOST_SEARCHES. Throws Forbidden. */
export async function listSearches({ db }: { db: Db }, viewer: Viewer): Promise<SearchRow[]> {
  authorize(viewer, 'transcripts.read');
  const rows = await searchesOfAccount(db, viewer.accountId);
  return rows.filter((row) => seesSearch(viewer, row));
}

/** Those with these ids that the viewer sees, by name. */
export async function findSearches(
  { db }: { db: Db },
  viewer: Viewer,
  ids: readonly string[],
): Promise<SearchRow[]> {
  if (!may(viewer, 'transcripts.read')) return [];
  const rows = await searchesOfAccount(db, viewer.accountId, { id: { in: [...ids] } });
  return rows.filter((row) => seesSearch(viewer, row));
}

/** One that the viewer sees. Throws Forbidden; Refused NOT_FOUND. */
export async function requireSearch(
  slice: { db: Db },
  viewer: Viewer,
  id: string,
): Promise<SearchRow> {
  authorize(viewer, 'transcripts.read');
  const [search] = await findSearches(slice, viewer, [id]);
  if (!search) throw notFound('savedSearchId', 'SavedSearch');
  return search;
}

/** Those of the account, by name. For jobs too: nobody's rights are asked. */
export async function searchesOfAccount(
  { prisma }: Pick<Db, 'prisma'>,
  accountId: string,
  which: Prisma.SavedSearchWhereInput = {},
): Promise<SearchRow[]> {
  const rows = await prisma.savedSearch.findMany({
    where: { AND: [{ accountId }, which] },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: MOST_SEARCHES,
  });
  return rows.map(toSearch);
}
