// The nightly look at the index and its copy: it waits where another process is at the copy, and calls nothing done.
import { pino } from 'pino';
import { afterAll, expect, it } from 'vitest';
import { taggedInteractions } from '#domains/interactions/index.ts';
import { reindexHandler } from '#domains/transcripts/search/reindex.ts';
import { systemClock } from '#platform/clock/index.ts';
import { NotYet } from '#platform/jobs/index.ts';
import { COPY_LOCK } from '#platform/search/copy/state.ts';
import { openSearch } from '#platform/search/index.ts';
import { freshDatabase } from '#tests/support/database.ts';
import { openMeilisearch } from '#tests/support/meilisearch/open-meilisearch.ts';

const { db } = await freshDatabase();
const meilisearch = await openMeilisearch();
afterAll(() => meilisearch.close());
const log = pino({ level: 'silent' });
const { search, copy } = openSearch({ db, tags: taggedInteractions, log, server: meilisearch });
const handler = reindexHandler({ db, clock: systemClock, search, searchCopy: copy });
const night = { onlyIfDue: false };
const run = (attempt: number) =>
  handler.run(night, { id: 'job', attempt, signal: AbortSignal.timeout(30_000) });

it('comes again while another process is at the copy', async () => {
  const other = await db.pool.connect();
  await other.query(`select pg_advisory_lock(${COPY_LOCK})`);
  await expect(run(1)).rejects.toThrow(NotYet);
  await other.query(`select pg_advisory_unlock(${COPY_LOCK})`);
  other.release();
  // the index was looked through by the first try
  expect(await run(2)).toBe('up to date, sent 0 that the copy lacked');
  expect(await run(1)).toBe('indexed 0, sent 0 that the copy lacked');
});

it('looks itself where the try before it had not begun to', async () => {
  await db.prisma.searchRebuild.updateMany({
    data: { startedAt: new Date(Date.now() - 20 * 3_600_000) },
  });
  expect(await run(2)).toBe('indexed 0, sent 0 that the copy lacked');
});

it('looks at the index alone where there is no copy', async () => {
  const without = reindexHandler({ db, clock: systemClock, search, searchCopy: null });
  const given = { id: 'job', attempt: 1, signal: AbortSignal.timeout(30_000) };
  expect(await without.run(night, given)).toBe('indexed 0');
});
