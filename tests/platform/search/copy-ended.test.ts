// A copy whose search server is taken away: nothing is noted, and nothing on that server is forgotten.
import { afterAll, expect, it } from 'vitest';
import { digestAddress } from '#platform/search/copy/digest-address.ts';
import { endCopy } from '#platform/search/index.ts';
import { freshDatabase } from '#tests/support/database.ts';
import { openMeilisearch } from '#tests/support/meilisearch/open-meilisearch.ts';
import { judgeExchanges } from '#tests/support/meilisearch/spec.ts';
import { openCopied } from './copied-library.ts';
import { expectCopyEqualsSource } from './copy-source.ts';
import { openLibrary } from './library.ts';

const { db } = await freshDatabase();
const meilisearch = await openMeilisearch();
afterAll(async () => {
  await meilisearch.close();
  expect(judgeExchanges(meilisearch.exchanges)).toEqual([]);
});
const { keep, search, mayHold } = openCopied(db, meilisearch);

it('its indexes are deleted, with what was erased since, when a server is set again', async () => {
  const { accountId, write, find } = await openLibrary(db, search).openAccount();
  const [erased, kept] = [await write('caller: my secret'), await write('caller: hot water')];
  await keep();
  const erase = (id: string) =>
    db.prisma.interaction.delete({ where: { accountId_id: { accountId, id } } });
  await erase(erased.subjectId);
  expect(await db.prisma.searchCopyChange.count()).toBe(1);
  expect([await mayHold(accountId, [erased.id]), await mayHold(accountId, [kept.id])]).toEqual([
    ...[true, false],
  ]);
  // one index is asked, another one is in building
  await db.prisma.searchCopy.updateMany({
    data: { buildingUid: 'transcripts-begun', buildingCreatedAt: 'then' },
  });
  const held = meilisearch.indexes();

  expect(await endCopy(db)).toBe(true);
  expect(await endCopy(db)).toBe(false);
  expect(await db.prisma.searchCopy.findMany()).toMatchObject([
    { isKept: false, activeUid: null, buildingUid: null },
  ]);
  const [{ retiredUids } = { retiredUids: [] }] = await db.prisma.searchCopy.findMany();
  const at = digestAddress(meilisearch.url);
  expect(retiredUids).toEqual([...held, 'transcripts-begun'].map((uid) => `${uid}@${at}`));
  const later = await write('caller: water again');
  expect(await db.prisma.searchCopyChange.count()).toBe(0);
  expect(await find('water ')).toEqual([later.id, kept.id]);

  // it is no longer noted, and stands in an index that is to be deleted
  expect([await mayHold(accountId, [erased.id]), await mayHold(accountId, [])]).toEqual([
    ...[true, false],
  ]);
  await keep();
  expect(await mayHold(accountId, [erased.id])).toBe(false);
  expect(meilisearch.indexes()).not.toEqual(held);
  await expectCopyEqualsSource(db, meilisearch);
  await write('caller: noted');
  expect(await db.prisma.searchCopyChange.count()).toBe(1);
  await keep();
  await expectCopyEqualsSource(db, meilisearch);
});

it('a process without a server does not end what another one keeps at the moment', async () => {
  await keep();
  const release = meilisearch.hold();
  await openLibrary(db, search)
    .openAccount()
    .then(({ write }) => write('caller: hot water'));
  const keeping = keep();
  await expect
    .poll(() => db.prisma.searchCopyChange.count({ where: { sentSeq: { not: null } } }))
    .toBe(1);
  expect(await endCopy(db)).toBe(false);
  release();
  await keeping;
  await expectCopyEqualsSource(db, meilisearch);
});
