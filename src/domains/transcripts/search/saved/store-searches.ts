// The table saved_search: the only place that writes it.
import type { Prisma, SavedSearch } from '#generated/prisma/client.ts';
import type { Tx } from '#platform/db/index.ts';
import type { SearchFilter } from '#platform/search/index.ts';
import { searchFilterShape } from './search-shape.ts';

/** A search that is kept, of the account. */
export interface SearchRow {
  accountId: string;
  id: string;
  /** user:<id>, key:<id> */
  madeBy: string;
  name: string;
  query: string;
  filter: Required<SearchFilter>;
  /** of the filter; empty = every company */
  companyIds: string[];
  version: number;
  createdAt: Date;
}

/** One saved search of the account, or null. */
export async function readSearch(tx: Tx, accountId: string, id: string): Promise<SearchRow | null> {
  const row = await tx.savedSearch.findUnique({ where: { accountId_id: { accountId, id } } });
  return row && toSearch(row);
}

/** A saved search as it was stored. */
export function toSearch({ filter, ...row }: SavedSearch): SearchRow {
  return { ...row, filter: searchFilterShape.parse(filter) };
}

/** How many the account has. */
export function countSearches(tx: Tx, accountId: string): Promise<number> {
  return tx.savedSearch.count({ where: { accountId } });
}

/** Writes a saved search, new or changed. The caller holds the lock of the account's. */
export async function storeSearch(tx: Tx, { filter, ...row }: SearchRow): Promise<void> {
  const { accountId, id } = row;
  const data = { ...row, filter: filter as unknown as Prisma.InputJsonValue };
  await tx.savedSearch.upsert({
    where: { accountId_id: { accountId, id } },
    create: data,
    update: data,
    select: { id: true },
  });
}

/** Deletes a saved search. */
export async function dropSearch(tx: Tx, accountId: string, id: string): Promise<void> {
  const where = { accountId_id: { accountId, id } };
  await tx.savedSearch.delete({ where, select: { id: true } });
}
