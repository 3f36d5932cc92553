// A rebuild in a process that is killed with -9 again and again goes on where it was, and ends with the index of its
// source.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { searchSource } from '#domains/transcripts/index.ts';
import { beginRebuild, runRebuild } from '#platform/search/index.ts';
import { freshDatabase } from '#tests/support/database.ts';
import { expectIndexEqualsSource } from './index-source.ts';
import { openLibrary } from './library.ts';

const KILLS = 3;
const CALLS = 40;
/** so long that a chunk holds two of them */
const LONG = Array.from({ length: 6_000 }, (_, n) => `word${n % 300}`).join(' ');
const now = () => new Date('2026-11-25T12:00:00Z');

const { db, url } = await freshDatabase();
const { openAccount, search } = openLibrary(db);

const indexedSoFar = async () => {
  const { documents } = await db.prisma.searchRebuild.findUniqueOrThrow({
    where: { name: searchSource.name },
  });
  return documents;
};

it('loses nothing, and does nothing twice', { timeout: 120_000 }, async () => {
  const account = await openAccount();
  for (let n = 0; n < CALLS; n += 1) {
    await account.write([{ speaker: 'CALLER', text: `${LONG} only${n}` }], { index: n % 2 === 0 });
  }
  await db.pool.query('update search_document set version = 0');
  await beginRebuild({ db, search }, searchSource.name, {
    now: now(),
    everything: false,
    onlyIfDue: true,
  });
  for (let kill = 0; kill < KILLS; kill += 1) {
    const before = await indexedSoFar();
    const child = fork(new URL('./rebuild-child.ts', import.meta.url), [url]);
    await once(child, 'message');
    await expect.poll(indexedSoFar, { timeout: 20_000, interval: 5 }).toBeGreaterThan(before);
    await pause(kill * 11); // another point of the next chunk each time
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }
  expect(await indexedSoFar()).toBeLessThan(CALLS);
  expect(await runRebuild({ db, search }, searchSource, { now })).toBe(CALLS);
  await expectIndexEqualsSource(db);
});
