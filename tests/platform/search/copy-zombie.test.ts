// A keeper that lost its lock and does not know it yet: what it sends late, of before, does not stay in the copy.
import { pino } from 'pino';
import { afterAll, expect, it } from 'vitest';
import { sendChanges } from '#platform/search/copy/send.ts';
import type { CopyServer } from '#platform/search/copy/server.ts';
import { freshDatabase } from '#tests/support/database.ts';
import { openMeilisearch } from '#tests/support/meilisearch/open-meilisearch.ts';
import { judgeExchanges } from '#tests/support/meilisearch/spec.ts';
import { now, openCopied } from './copied-library.ts';
import { expectCopyEqualsSource } from './copy-source.ts';
import { openLibrary } from './library.ts';

const { db } = await freshDatabase();
const meilisearch = await openMeilisearch();
afterAll(async () => {
  await meilisearch.close();
  expect(judgeExchanges(meilisearch.exchanges)).toEqual([]);
});
const { keep, search, server } = openCopied(db, meilisearch);
const log = pino({ level: 'silent' });

/** Sends what is noted into the asked index, without the lock. */
const send = (by: CopyServer = server, signal = AbortSignal.timeout(30_000)) =>
  sendChanges({ db, server: by, log, now, signal }, meilisearch.indexes());

async function settle() {
  const account = await openLibrary(db, search).openAccount();
  await keep();
  const document = await account.write('caller: as it was');
  const rewrite = () =>
    db.transaction((tx) =>
      search.index(tx, account.accountId, [
        { ...document, passages: [{ n: 0, speaker: 'CALLER', text: 'as it is' }] },
      ]),
    );
  return { ...account, rewrite };
}

it('whose words come after those of the next one, before that one is done', async () => {
  const { rewrite } = await settle();
  const uploads = Promise.withResolvers<void>();
  const takes = Promise.withResolvers<void>();
  const marks = Promise.withResolvers<void>();
  const zombie = send({
    ...server,
    async put(...what) {
      takes.resolve();
      await uploads.promise;
      return server.put(...what);
    },
    taskState(...what) {
      marks.resolve();
      return server.taskState(...what);
    },
  });
  await takes.promise;
  await rewrite();
  const release = meilisearch.hold();
  const next = send();
  await expect
    .poll(() => db.prisma.searchCopyChange.count({ where: { sentSeq: { not: null } } }))
    .toBe(1);
  uploads.resolve();
  await marks.promise;
  release();
  await Promise.all([zombie, next]);
  await expectCopyEqualsSource(db, meilisearch);
  expect(await db.prisma.searchCopyChange.count()).toBe(0);
});

it('that learns of it amid what it sends, sends no more, and has that sent again', async () => {
  const { accountId, write, rewrite } = await settle();
  const gone = await write('caller: to be erased');
  await keep();
  await db.transaction((tx) => search.remove(tx, accountId, [gone.id]));
  await rewrite();
  const loses = new AbortController();
  const zombie = send(
    {
      ...server,
      async put(...what) {
        // the next one does it all meanwhile, and more
        await rewrite();
        await send();
        const task = await server.put(...what);
        loses.abort(new Error('The connection that holds the lock was lost.'));
        return task;
      },
      drop: () => Promise.reject(new Error('It is sent no more.')),
    },
    loses.signal,
  );
  await expect(zombie).rejects.toThrow('was lost');
  expect(await db.prisma.searchCopyChange.count()).toBe(2);
  await keep();
  await expectCopyEqualsSource(db, meilisearch);
});
