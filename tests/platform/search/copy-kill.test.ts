// A process that keeps the copy is killed with -9 between sending and settling, while it builds and while it sends
// changes, and two of them run at once: the copy equals its source afterwards.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, expect, it, vi } from 'vitest';
import { freshDatabase } from '#tests/support/database.ts';
import { openMeilisearch } from '#tests/support/meilisearch/open-meilisearch.ts';
import { judgeExchanges } from '#tests/support/meilisearch/spec.ts';
import { openCopied } from './copied-library.ts';
import { expectCopyEqualsSource } from './copy-source.ts';
import { openLibrary } from './library.ts';

const CALLS = 12;

const { db, url } = await freshDatabase();
const meilisearch = await openMeilisearch();
const { openAccount, search } = openLibrary(db);
const { keep } = openCopied(db, meilisearch);
afterAll(async () => {
  await meilisearch.close();
  expect(judgeExchanges(meilisearch.exchanges)).toEqual([]);
});

const start = () =>
  fork(new URL('./copy-child.ts', import.meta.url), [url, meilisearch.url, meilisearch.key]);

async function killWhenSent(child: ChildProcess): Promise<void> {
  const [told] = await once(child, 'message');
  expect(told).toBe('sent');
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

/** The database holds the lock of who was killed until it notices that the connection is gone. */
async function keepAfterDeath(): Promise<void> {
  await vi.waitUntil(keep, { timeout: 30_000, interval: 20 });
}

it('ends with the copy of its source', { timeout: 120_000 }, async () => {
  const account = await openAccount();
  const { accountId } = account;
  const calls = [];
  for (let n = 0; n < CALLS; n += 1) calls.push(await account.write(`caller: call ${n}`));

  // while the first index is filled: the server has the documents, nobody noted it
  await killWhenSent(start());
  await account.write('caller: meanwhile');
  await keepAfterDeath();
  await expectCopyEqualsSource(db, meilisearch);

  // while changes are sent: the task waits, its sender is gone, and the document changes and goes
  for (const [n, call] of calls.slice(0, 4).entries()) {
    const release = meilisearch.hold();
    const rewritten = {
      ...call,
      passages: [{ n: 0, speaker: 'AGENT' as const, text: `new ${n}` }],
    };
    await db.transaction((tx) => search.index(tx, accountId, [rewritten]));
    await killWhenSent(start());
    if (n % 2) {
      await db.prisma.transcript.delete({ where: { accountId_id: { accountId, id: call.id } } });
    } else {
      await db.transaction((tx) => search.index(tx, accountId, [call]));
    }
    release();
    await keepAfterDeath();
    await expectCopyEqualsSource(db, meilisearch);
  }
});

it('is kept by one process at a time, whichever comes', { timeout: 60_000 }, async () => {
  const account = await openAccount();
  await keep();
  const release = meilisearch.hold();
  await account.write('caller: two of them');
  const child = start();
  const over = new Promise((resolve) =>
    child.on('message', (told) => told === 'over' && resolve(told)),
  );
  await once(child, 'message');
  expect(await keep()).toBe(false);
  release();
  await over;
  await expectCopyEqualsSource(db, meilisearch);
  expect(await db.prisma.searchCopyChange.count()).toBe(0);
});
