// A rebuild beside whoever holds an account's index: what they do is neither undone nor held up.
import { beforeEach, expect, it } from 'vitest';
import { searchSource } from '#domains/transcripts/index.ts';
import { beginRebuild, runRebuild } from '#platform/search/index.ts';
import { freshDatabase } from '#tests/support/database.ts';
import { holdRewrite, isWaitedFor } from './hold-rewrite.ts';
import { expectIndexEqualsSource } from './index-source.ts';
import { openLibrary } from './library.ts';

const { db } = await freshDatabase();
const { openAccount, search } = openLibrary(db);
const now = () => new Date('2026-11-25T12:00:00Z');
let chunks = 0;
const run = () => {
  const list: typeof searchSource.list = (...asked) => {
    chunks += 1;
    return searchSource.list(...asked);
  };
  return runRebuild({ db, search }, { ...searchSource, list }, { now });
};

let account: Awaited<ReturnType<typeof openAccount>>;
let call: Awaited<ReturnType<typeof account.write>>;
beforeEach(async () => {
  chunks = 0;
  account = await openAccount();
  call = await account.write('caller: my secret');
  await db.pool.query('update search_document set version = 0');
  const options = { now: now(), everything: false, onlyIfDue: false };
  await beginRebuild({ db, search }, searchSource.name, options);
});

it('leaves words that were written anew meanwhile as they are', async () => {
  const commit = await holdRewrite(db, search, account.accountId);
  const running = run();
  await expect.poll(() => isWaitedFor(db), { timeout: 30_000 }).toBe(true);
  await commit();
  await running;
  expect(await account.words()).toEqual({ rewritten: 1 });
  await expectIndexEqualsSource(db);
});

it('waits for who erases, who does not wait for it', async () => {
  const { accountId, words } = account;
  let tries = 0;
  let running: Promise<number> | undefined;
  await db.transaction(async (tx) => {
    tries += 1;
    await search.lock(tx, accountId);
    running ??= run();
    await expect.poll(() => isWaitedFor(db), { timeout: 30_000 }).toBe(true);
    await tx.transcript.delete({ where: { accountId_id: { accountId, id: call.id } } });
  });
  await running;
  // the one in which it was, and the end: none had to be tried again
  expect({ tries, chunks, words: await words() }).toEqual({ tries: 1, chunks: 2, words: {} });
  await expectIndexEqualsSource(db);
});
