// The rebuild of an index: it ends with the index that the source asks for, whatever stops it and whatever else happens.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { searchSource } from '#domains/transcripts/index.ts';
import type { Db } from '#platform/db/index.ts';
import { beginRebuild, runRebuild, type SearchEngine } from '#platform/search/index.ts';
import { freshDatabase } from '#tests/support/database.ts';
import { holdRewrite, isWaitedFor } from './hold-rewrite.ts';
import { expectIndexEqualsSource } from './index-source.ts';
import { type Library, openLibrary } from './library.ts';

const SETTINGS = { seed: 20_261_125, numRuns: 4, endOnFailure: true };
const now = () => new Date('2026-11-25T12:00:00Z');
const { name } = searchSource;

type Account = Awaited<ReturnType<Library['openAccount']>>;

/** A library whose rebuilds are this test's own. */
function opened() {
  const database = freshDatabase();
  return async () => {
    const { db } = await database;
    const library = openLibrary(db);
    const begin = (
      more: { everything?: boolean; onlyIfDue?: boolean; search?: SearchEngine } = {},
    ) =>
      beginRebuild({ db, search: more.search ?? library.search }, name, {
        now: now(),
        everything: more.everything ?? false,
        onlyIfDue: more.onlyIfDue ?? false,
      });
    const run = (
      more: { search?: SearchEngine; signal?: AbortSignal; onProgress?: (n: number) => void } = {},
    ) => runRebuild({ db, search: more.search ?? library.search }, searchSource, { now, ...more });
    return { ...library, begin, run };
  };
}

/** Sets the rules for words back, as if the rows had been written by an older server. */
const age = (db: Db) => db.pool.query('update search_document set version = 0');

const LONG = Array.from({ length: 5_000 }, (_, n) => `word${n % 300}`).join(' ');

describe('a rebuild', () => {
  const open = opened();

  it('indexes what is missing or of older rules, and leaves the rest alone', async () => {
    const { openAccount, db, begin, run } = await open();
    const account = await openAccount();
    const kept = await account.write('caller: kept');
    const aged = await account.write('caller: aged');
    await db.pool.query('update search_document set version = 0 where id = $1', [aged.id]);
    await account.write('caller: missing', { index: false });
    const rowOf = async () =>
      (await db.pool.query('select xmin::text from search_document where id = $1', [kept.id])).rows;
    const before = await rowOf();
    expect(await begin()).toBe(true);
    expect(await run()).toBe(2);
    expect(await rowOf()).toEqual(before);
    await expectIndexEqualsSource(db);
  });

  it('of everything indexes all of it again', async () => {
    const { openAccount, db, begin, run } = await open();
    const account = await openAccount();
    const call = await account.write('caller: right');
    await db.pool.query(`update search_document set said = '0 cwrong ' where id = $1`, [call.id]);
    await begin();
    await run();
    await expect(expectIndexEqualsSource(db)).rejects.toThrow();
    await begin({ everything: true });
    expect(await run()).toBe(await db.prisma.searchDocument.count());
    await expectIndexEqualsSource(db);
  });

  it('goes on where it was when it is begun again, and is done when it is done', async () => {
    const { openAccount, db, begin, run } = await open();
    const account = await openAccount();
    for (let n = 0; n < 4; n += 1) {
      await account.write([{ speaker: 'CALLER', text: `${LONG} ${LONG} ${n}` }], { index: false });
    }
    await begin();
    const stop = new AbortController();
    const halfway = run({ signal: stop.signal, onProgress: (n) => n >= 2 && stop.abort() });
    await expect(halfway).rejects.toThrow(/abort/i);
    const state = () => db.prisma.searchRebuild.findUniqueOrThrow({ where: { name } });
    const stopped = await state();
    expect(stopped).toMatchObject({ documents: 2, finishedAt: null });
    expect(await begin({ onlyIfDue: true })).toBe(true);
    expect(await state()).toEqual(stopped);
    expect(await run()).toBe(4);
    expect(await begin({ onlyIfDue: true })).toBe(false);
    expect(await run()).toBe(4);
    await expectIndexEqualsSource(db);
  });

  it('is due when the rules for words have changed', async () => {
    const { openAccount, begin, run, search } = await open();
    await (await openAccount()).write('caller: leak');
    await begin();
    await run();
    expect(await begin({ onlyIfDue: true })).toBe(false);
    const newer = { ...search, version: search.version + 1 };
    expect(await begin({ onlyIfDue: true, search: newer })).toBe(true);
  });
});

describe('a rebuild that is cut off again and again', () => {
  const open = opened();
  const happening = fc.record({
    /** which chunk fails, counted from the last cut */
    failsAt: fc.nat(2),
    /** before the chunk is written, or after it and before the commit */
    when: fc.constantFrom('before', 'after'),
    next: fc.constantFrom('write', 'delete', 'nothing'),
    /** words are written anew while it runs, by who waits with the commit until it waits or has ended */
    rewrite: fc.boolean(),
  });

  it('ends with the index of its source', { timeout: 180_000 }, async () => {
    const { openAccount, db, search, begin, run } = await open();
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { minLength: 3, maxLength: 6 }), async (happenings) => {
        const accounts = [await openAccount(), await openAccount()];
        for (const account of accounts) {
          for (let n = 0; n < 6; n += 1) {
            const says = [{ speaker: 'CALLER' as const, text: `${LONG} only${n}` }];
            await account.write(says, { index: n % 2 === 0 });
          }
        }
        await age(db);
        await begin();
        for (const { failsAt, when, next, rewrite } of happenings) {
          const rewriting = rewrite ? accounts : [];
          const commits = await Promise.all(
            rewriting.map(({ accountId }) => holdRewrite(db, search, accountId)),
          );
          let writes = 0;
          const failing: SearchEngine = {
            ...search,
            async index(tx, accountId, documents) {
              const fails = writes === failsAt;
              writes += 1;
              if (fails && when === 'before') throw new Error('cut off');
              await search.index(tx, accountId, documents);
              if (fails) throw new Error('cut off');
            },
          };
          let hasEnded = false;
          const running = run({ search: failing }).then(
            () => {
              hasEnded = true;
            },
            (error: Error) => {
              hasEnded = true;
              expect(error.message).toBe('cut off');
            },
          );
          for (const commit of commits) {
            const isDue = async () => hasEnded || (await isWaitedFor(db));
            await expect.poll(isDue, { timeout: 30_000 }).toBe(true);
            await commit();
          }
          await running;
          await happen(db, accounts, next);
        }
        await run();
        await expectIndexEqualsSource(db);
      }),
      SETTINGS,
    );
  });

  async function happen(db: Db, accounts: Account[], what: string): Promise<void> {
    for (const account of accounts) {
      const { accountId } = account;
      if (what === 'write') await account.write('caller: meanwhile');
      if (what !== 'delete') continue;
      const any = await db.prisma.transcript.findFirst({ where: { accountId } });
      if (any)
        await db.prisma.transcript.delete({ where: { accountId_id: { accountId, id: any.id } } });
    }
  }
});

describe('two rebuilds and a busy server', () => {
  const open = opened();

  it('share the work, and lose nothing that is written or deleted meanwhile', {
    timeout: 60_000,
  }, async () => {
    const { openAccount, db, search, begin, run } = await open();
    const account = await openAccount();
    const calls = [];
    for (let n = 0; n < 12; n += 1) {
      const says = [{ speaker: 'CALLER' as const, text: `${LONG} only${n}` }];
      calls.push(await account.write(says, { index: n % 2 === 0 }));
    }
    await age(db);
    await begin();
    const { accountId } = account;
    const writing = (async () => {
      for (let n = 0; n < 10; n += 1) await account.write(`caller: meanwhile ${n}`);
    })();
    const deleting = (async () => {
      for (const { id } of calls.slice(8)) {
        // as whoever deletes does: out of the index first, so that locks are taken in one order
        await db.transaction(async (tx) => {
          await search.remove(tx, accountId, [id]);
          await tx.transcript.delete({ where: { accountId_id: { accountId, id } } });
        });
      }
    })();
    await Promise.all([run(), run(), writing, deleting]);
    await expectIndexEqualsSource(db);
    const words = await account.words();
    expect(words.only11).toBeUndefined();
    expect(words.meanwhile).toBe(10);
  });
});
