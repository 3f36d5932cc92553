// A copy that does not get what changed for minutes: the log says so, since when, and why.
import { pino } from 'pino';
import { afterAll, expect, it } from 'vitest';
import { openKeeper } from '#platform/search/copy/keep.ts';
import { openCopyServer } from '#platform/search/copy/server.ts';
import { freshDatabase } from '#tests/support/database.ts';
import { openMeilisearch } from '#tests/support/meilisearch/open-meilisearch.ts';
import { openLibrary } from './library.ts';

const { db } = await freshDatabase();
const meilisearch = await openMeilisearch();
afterAll(() => meilisearch.close());

it('that is told every five minutes, not more often', async () => {
  const told: { msg: string; since?: string; documents?: number; error?: string }[] = [];
  const log = pino({}, { write: (line: string) => void told.push(JSON.parse(line)) });
  const keeper = openKeeper({ db, server: openCopyServer(meilisearch), log });
  const start = Date.now();
  const keep = async (minute: number) => {
    const now = () => new Date(start + minute * 60_000);
    await keeper.keep({ now, signal: AbortSignal.timeout(30_000) });
    return told.splice(0).filter(({ msg }) => msg.endsWith('is behind'));
  };
  const { write } = await openLibrary(db).openAccount();
  await keep(0);
  meilisearch.refuse(() => true);
  await write('caller: poison');
  const { changedAt } = await db.prisma.searchCopyChange.findFirstOrThrow();
  expect(await keep(1)).toEqual([]);
  const behind = { documents: 1, since: changedAt.toJSON(), error: expect.stringMatching(/valid/) };
  expect(await keep(7)).toEqual([expect.objectContaining(behind)]);
  expect(await keep(8)).toEqual([]);
  expect(await keep(13)).toHaveLength(1);
  meilisearch.refuse(() => false);
  // it was told before it was sent
  await keep(60);
  expect(await keep(120)).toEqual([]);
});

it('what was refused while the clock was ahead is sent when it is right again', async () => {
  const log = pino({ level: 'silent' });
  const keeper = openKeeper({ db, server: openCopyServer(meilisearch), log });
  const start = Date.now();
  const dayOf = (day: number) => new Date(start + day * 86_400_000);
  const keep = (day: number) =>
    keeper.keep({ now: () => dayOf(day), signal: AbortSignal.timeout(30_000) });
  const { write } = await openLibrary(db).openAccount();
  await keep(0);
  meilisearch.refuse(() => true);
  await write('caller: poison');
  await keep(30);
  meilisearch.refuse(() => false);
  expect(await keeper.isBehind(dayOf(0))).toBe(true);
  await keep(0);
  expect(await db.prisma.searchCopyChange.count()).toBe(0);
});
