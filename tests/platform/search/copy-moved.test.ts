// A copy whose search server is another one than before: by its address, whatever stands there. It is built anew, and
// until then the database answers and says so.
import { expect, it, onTestFinished } from 'vitest';
import { digestAddress } from '#platform/search/copy/digest-address.ts';
import { parseQuery } from '#platform/search/index.ts';
import { freshDatabase } from '#tests/support/database.ts';
import { openMeilisearch } from '#tests/support/meilisearch/open-meilisearch.ts';
import { judgeExchanges } from '#tests/support/meilisearch/spec.ts';
import { openCopied } from './copied-library.ts';
import { expectCopyEqualsSource } from './copy-source.ts';
import { openLibrary } from './library.ts';

const { db } = await freshDatabase();

/** A server of this test alone: what one leaves at an address stays there. */
async function aServer() {
  const server = await openMeilisearch();
  onTestFinished(async () => {
    await server.close();
    expect(judgeExchanges(server.exchanges)).toEqual([]);
  });
  return server;
}

it.each([
  ['is empty', false],
  ['is a snapshot of the one before', true],
])(
  'the database answers at a server that %s, until the copy is built there',
  async (_, isRestored) => {
    const [former, server] = [await aServer(), await aServer()];
    const before = openCopied(db, former);
    const { accountId, write } = await openLibrary(db, before.search).openAccount();
    const erased = await write('caller: my secret, hot water');
    await before.keep();
    if (isRestored) server.restore(former.snapshot());
    // the server of before hears of these, the snapshot does not
    await db.prisma.interaction.delete({
      where: { accountId_id: { accountId, id: erased.subjectId } },
    });
    const later = await write('caller: hot water again');
    await before.keep();

    const { search, keep } = openCopied(db, server);
    const ask = async () => {
      const request = { clauses: parseQuery('water ').clauses, filter: {} };
      const page = { limit: 10, after: null };
      const found = await search.search({ accountId, companyIds: null }, request, page);
      const { hits, engine, isDegraded } = found;
      return { ids: hits.map(({ id }) => id), engine, isDegraded };
    };
    expect(await ask()).toEqual({ ids: [later.id], engine: 'POSTGRES', isDegraded: true });
    await keep();
    await expectCopyEqualsSource(db, server);
    expect(await ask()).toEqual({ ids: [later.id], engine: 'MEILISEARCH', isDegraded: false });
    // nothing is built again as long as it stays the same
    const built = server.indexes();
    await keep();
    expect(server.indexes()).toEqual(built);
  },
);

it('a server that is set again loses what it had when it was left', async () => {
  const [first, other] = [await aServer(), await aServer()];
  const { openAccount } = openLibrary(db);
  const { accountId, write } = await openAccount();
  const erased = await write('caller: my secret');
  await openCopied(db, first).keep();
  const left = first.indexes();
  await openCopied(db, other).keep();
  await db.prisma.interaction.delete({
    where: { accountId_id: { accountId, id: erased.subjectId } },
  });
  const there = openCopied(db, other);
  await there.keep();
  await expectCopyEqualsSource(db, other);
  // it is out of reach: nobody waits for it
  expect([first.indexes(), await there.mayHold(accountId, [erased.id])]).toEqual([left, false]);
  const again = openCopied(db, first);
  await again.keep();
  await expectCopyEqualsSource(db, first);
  expect(first.indexes()).not.toEqual(left);
});

it('the same server is known by another spelling of its address, and by another key', () => {
  const digest = digestAddress('https://search.example/copy');
  expect(digestAddress('https://user:secret@SEARCH.example:443/copy/')).toBe(digest);
  expect(digestAddress('https://search.example/other')).not.toBe(digest);
  expect(digestAddress('https://search.example:7700/copy')).not.toBe(digest);
});
