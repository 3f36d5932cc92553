// The copy ends as its source, whatever happens on the way: crashes at any request, two keepers, a server that loses its
// data, documents that change while an index is built, documents that it refuses.
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { pino } from 'pino';
import { afterAll, describe, expect, it } from 'vitest';
import type { Db } from '#platform/db/index.ts';
import { openKeeper } from '#platform/search/copy/keep.ts';
import { type CopyServer, openCopyServer } from '#platform/search/copy/server.ts';
import { freshDatabase } from '#tests/support/database.ts';
import { openMeilisearch } from '#tests/support/meilisearch/open-meilisearch.ts';
import { judgeExchanges } from '#tests/support/meilisearch/spec.ts';
import { now, openCopied } from './copied-library.ts';
import { expectCopyEqualsSource } from './copy-source.ts';
import { type Library, openLibrary } from './library.ts';

const SETTINGS = { seed: 20_261_126, numRuns: 12, endOnFailure: true };
const log = pino({ level: 'silent' });

type Account = Awaited<ReturnType<Library['openAccount']>>;

function opened() {
  const database = freshDatabase();
  const stand = openMeilisearch();
  afterAll(async () => {
    const meilisearch = await stand;
    await meilisearch.close();
    expect(judgeExchanges(meilisearch.exchanges)).toEqual([]);
  });
  return async () => {
    const [{ db }, meilisearch] = [await database, await stand];
    const { openAccount, search } = openLibrary(db);
    const { server, keep, reconcile } = openCopied(db, meilisearch);
    return { db, meilisearch, openAccount, search, server, keep, reconcile };
  };
}

/** A server that fails at its n-th request: before it is sent, or after it was done and before anybody heard of it. */
function failing(server: CopyServer, failsAt: number, when: 'before' | 'after'): CopyServer {
  let requests = 0;
  return new Proxy(server, {
    get: (target, name) => {
      const call = target[name as keyof CopyServer] as string | ((...all: unknown[]) => unknown);
      if (typeof call !== 'function') return call;
      return async (...given: unknown[]) => {
        const fails = requests === failsAt;
        requests += 1;
        if (fails && when === 'before') throw new Error('cut off');
        const result = await call(...given);
        if (fails) throw new Error('cut off');
        return result;
      };
    },
  });
}

const step = fc.record({
  what: fc.constantFrom('write', 'rewrite', 'delete', 'lose', 'rebuild', 'forget', 'nothing'),
  failsAt: fc.nat(14),
  when: fc.constantFrom('before' as const, 'after' as const),
  /** a second keeper runs beside */
  isTwice: fc.boolean(),
});

describe('a copy that is cut off again and again', () => {
  const open = opened();

  it('ends as its source', { timeout: 240_000 }, async () => {
    const { db, meilisearch, openAccount, search, keep } = await open();
    const server = openCopyServer(meilisearch);
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 12 }), async (steps) => {
        const account = await openAccount();
        for (let n = 0; n < 3; n += 1) await account.write(`caller: first ${n}`);
        for (const [n, { what, failsAt, when, isTwice }] of steps.entries()) {
          await happen(db, account, search, meilisearch, what, n);
          const cut = openKeeper({ db, server: failing(server, failsAt, when), log });
          const pass = { now, signal: AbortSignal.timeout(30_000) };
          const runs = [cut.keep(pass), ...(isTwice ? [cut.keep(pass)] : [])];
          for (const run of await Promise.allSettled(runs)) {
            if (run.status === 'rejected') expect(run.reason.message).toMatch(/cut off|lost/);
          }
        }
        await keep();
        await keep(); // the first one may have found the server empty in its midst
        await expectCopyEqualsSource(db, meilisearch);
        expect(await db.prisma.searchCopyChange.count()).toBe(0);
      }),
      SETTINGS,
    );
  });

  async function happen(
    db: Db,
    { accountId, write }: Account,
    search: Library['search'],
    meilisearch: { lose(): void },
    what: string,
    n: number,
  ): Promise<void> {
    const any = await db.prisma.searchDocument.findFirst({ where: { accountId } });
    if (what === 'write') await write(`caller: written ${n}`);
    if (what === 'lose') meilisearch.lose();
    if (what === 'rebuild') await db.prisma.searchCopy.updateMany({ data: { activeRules: 'old' } });
    if (what === 'delete' && any) {
      await db.prisma.transcript.delete({ where: { accountId_id: { accountId, id: any.id } } });
    }
    if (what === 'rewrite' && any) {
      const { id, subjectId, companyId, trackerId, occurredAt } = any;
      const passages = [{ n: 0, speaker: 'AGENT' as const, text: `rewritten ${n}` }];
      const document = { id, subjectId, companyId, trackerId, occurredAt, passages };
      await db.transaction((tx) => search.index(tx, accountId, [document]));
    }
    if (what === 'forget' && any) {
      await db.transaction((tx) => search.remove(tx, accountId, [any.id]));
    }
  }
});

describe('a copy', () => {
  const open = opened();

  it('hears of what changes while its index is built', { timeout: 60_000 }, async () => {
    const { db, meilisearch, openAccount, search, server, keep } = await open();
    const account = await openAccount();
    const { accountId } = account;
    const calls = [];
    for (let n = 0; n < 4; n += 1) calls.push(await account.write(`caller: call ${n}`));
    await keep();
    await db.prisma.searchCopy.updateMany({ data: { activeRules: 'old' } });
    const [changed, gone] = calls as [(typeof calls)[number], (typeof calls)[number]];
    let builds = 0;
    const busy: CopyServer = {
      ...server,
      async put(uid, documents) {
        const task = await server.put(uid, documents);
        if (documents.length >= 4 && builds++ === 0) {
          const passages = [{ n: 0, speaker: 'AGENT' as const, text: 'changed meanwhile' }];
          await db.transaction((tx) => search.index(tx, accountId, [{ ...changed, passages }]));
          await db.transaction((tx) => search.remove(tx, accountId, [gone.id]));
          await account.write('caller: new meanwhile');
        }
        return task;
      },
    };
    const before = meilisearch.indexes();
    await openKeeper({ db, server: busy, log }).keep({ now, signal: AbortSignal.timeout(30_000) });
    expect(builds).toBeGreaterThan(0);
    expect(meilisearch.indexes()).not.toEqual(before);
    await expectCopyEqualsSource(db, meilisearch);
  });

  it('lacks only what the server refuses, which is tried again', { timeout: 60_000 }, async () => {
    const { db, meilisearch, openAccount, keep } = await open();
    const account = await openAccount();
    await keep();
    meilisearch.refuse(({ said }) => String(said).includes('cpoison'));
    for (let n = 0; n < 20; n += 1) await account.write(`caller: call ${n}`);
    const bad = await account.write('caller: poison here');
    for (let n = 0; n < 20; n += 1) await account.write(`caller: more ${n}`);
    const sent = meilisearch.exchanges.length;
    await keep();
    await expectCopyEqualsSource(db, meilisearch, (said) => said.includes('cpoison'));
    expect(await db.prisma.searchCopyChange.findMany()).toMatchObject([
      { documentId: bad.id, attempts: 1, sentSeq: null, lastError: expect.stringMatching(/valid/) },
    ]);
    const puts = meilisearch.exchanges
      .slice(sent)
      .filter(({ method, url }) => method === 'POST' && url.pathname.endsWith('/documents'));
    expect(puts.length).toBeLessThan(16);
    meilisearch.refuse(() => false);
    await account.write('caller: another');
    await keep();
    // not before its time
    expect(await db.prisma.searchCopyChange.count()).toBe(1);
    await db.prisma.searchCopyChange.updateMany({ data: { notBefore: now() } });
    await keep();
    await expectCopyEqualsSource(db, meilisearch);
  });

  it('is compared as a whole: nothing that was believed to be sent is believed', async () => {
    const { db, meilisearch, openAccount, keep, reconcile } = await open();
    const account = await openAccount();
    const calls = [];
    for (let n = 0; n < 3; n += 1) calls.push(await account.write(`caller: call ${n}`));
    await keep();
    const [uid = ''] = meilisearch.indexes();
    const documents = meilisearch.documents(uid);
    const [missing = '', older = ''] = documents.keys();
    documents.delete(missing);
    documents.set(older, { ...documents.get(older), id: older, digest: 'older' });
    // one that nobody here knows
    const extra = `${randomUUID()}_${randomUUID()}`;
    documents.set(extra, { id: extra });
    expect(await reconcile()).toBe(3);
    await expectCopyEqualsSource(db, meilisearch);
    expect(await reconcile()).toBe(0);
  });

  it('forgets an erased call, in the index that is built too', async () => {
    const { db, meilisearch, openAccount, keep } = await open();
    const account = await openAccount();
    const call = await account.write('caller: my secret');
    await keep();
    await db.prisma.interaction.delete({
      where: { accountId_id: { accountId: account.accountId, id: call.subjectId } },
    });
    await keep();
    const held = meilisearch.indexes().flatMap((uid) => [...meilisearch.documents(uid).values()]);
    expect(JSON.stringify(held)).not.toContain('csecret');
  });
});
