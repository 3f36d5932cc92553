// A copy that lacks what an account said a minute ago: that account's searches are answered by the database, which is told.
import { afterAll, expect, it } from 'vitest';
import { parseQuery } from '#platform/search/index.ts';
import { freshDatabase } from '#tests/support/database.ts';
import { openMeilisearch } from '#tests/support/meilisearch/open-meilisearch.ts';
import { openCopied } from './copied-library.ts';
import { openLibrary } from './library.ts';

const { db } = await freshDatabase();
const meilisearch = await openMeilisearch();
afterAll(() => meilisearch.close());

it('a call that the copy has refused for a minute is found, and nobody else’s are searched otherwise', async () => {
  const { keep } = openCopied(db, meilisearch);
  const { openAccount } = openLibrary(db);
  const [theirs, others] = [await openAccount(), await openAccount()];
  const call = await theirs.write('caller: hot water');
  const other = await others.write('caller: hot water');
  await keep();
  /** By an engine that has not looked yet. */
  const ask = async ({ accountId }: { accountId: string }) => {
    const { search } = openCopied(db, meilisearch);
    const request = { clauses: parseQuery('water ').clauses, filter: {} };
    const page = { limit: 10, after: null };
    const found = await search.search({ accountId, companyIds: null }, request, page);
    const { engine, isDegraded } = found;
    return { ids: found.hits.map(({ id }) => id), engine, isDegraded };
  };
  const copied = { ids: [other.id], engine: 'MEILISEARCH', isDegraded: false };
  meilisearch.refuse(() => true);
  const refused = await theirs.write('caller: more water');
  await keep();
  // it may still come
  expect(await ask(theirs)).toEqual({ ...copied, ids: [call.id] });
  const noted = { accountId_documentId: { accountId: theirs.accountId, documentId: refused.id } };
  const { changedAt } = await db.prisma.searchCopyChange.findUniqueOrThrow({ where: noted });
  await db.prisma.searchCopyChange.update({
    where: noted,
    data: { changedAt: new Date(changedAt.getTime() - 61_000) },
  });
  const own = { ids: [refused.id, call.id], engine: 'POSTGRES', isDegraded: true };
  expect(await ask(theirs)).toEqual(own);
  expect(await ask(others)).toEqual(copied);
  meilisearch.refuse(() => false);
  await db.prisma.searchCopyChange.update({ where: noted, data: { notBefore: null } });
  await keep();
  expect(await ask(theirs)).toEqual({ ...copied, ids: [refused.id, call.id] });
});
