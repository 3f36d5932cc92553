// How much is read, and goes to the search server in one request: what a request may hold, and what a proxy takes.
import { MeilisearchRequestError } from 'meilisearch';
import { afterAll, afterEach, expect, it } from 'vitest';
import { type CopyDocument, refOfKey } from '#platform/search/copy/document.ts';
import { readCopy } from '#platform/search/copy/state.ts';
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
afterEach(async () => {
  meilisearch.proxied(null);
  await db.prisma.transcript.deleteMany();
});
const { write } = await openLibrary(db).openAccount();

const putsSince = (n: number) =>
  meilisearch.exchanges
    .slice(n)
    .filter(({ method, url }) => method === 'POST' && url.pathname.endsWith('/documents'));

/** Writes calls with so many bytes of words each. */
async function writeLong(calls: number, bytes: number): Promise<void> {
  const words = 'x'.repeat(39);
  for (let n = 0; n < calls; n += 1) {
    const { id } = await write('caller: long');
    const said = `0 ${` c${words}`.repeat(bytes / 41)} `;
    await db.pool.query('update search_document set said = $2 where id = $1', [id, said]);
  }
}

it('no more words are read at once than are sent, whether sent, built or compared', async () => {
  await writeLong(9, 2_000_000);
  let most = 0;
  const pool = new Proxy(db.pool, {
    get(target, name) {
      if (name !== 'query') {
        const value = Reflect.get(target, name);
        return typeof value === 'function' ? value.bind(target) : value;
      }
      return async (text: string, values: unknown[]) => {
        const answer = await target.query(text, values);
        const said = answer.rows.map((row) => Buffer.byteLength(row.said ?? ''));
        most = Math.max(
          most,
          said.reduce((sum, one) => sum + one, 0),
        );
        return answer;
      };
    },
  });
  const { keep, reconcile } = openCopied({ ...db, pool }, meilisearch);
  await keep();
  expect(most).toBeGreaterThan(4_000_000);
  expect(most).toBeLessThanOrEqual(8_000_000);
  await db.pool.query('update search_document set company_id = subject_id');
  await keep();
  expect(await reconcile()).toBe(0);
  expect(most).toBeLessThanOrEqual(8_000_000);
  await expectCopyEqualsSource(db, meilisearch);
});

it('a proxy that takes less is sent less, and what it takes in no way stays here alone', async () => {
  const { keep } = openCopied(db, meilisearch);
  await keep();
  await writeLong(12, 20_000);
  await writeLong(1, 200_000);
  const refusals = meilisearch.proxied({ most: 100_000 });
  await keep();
  expect(refusals()).toBeGreaterThan(0);
  const changes = await db.prisma.searchCopyChange.findMany();
  expect(changes).toMatchObject([{ attempts: 1, lastError: expect.stringContaining('bytes') }]);
  const held = meilisearch.documents((await readCopy(db))?.activeUid ?? '');
  const ids = [...held.keys()].map((key) => refOfKey(key).documentId);
  expect([ids.length, ids.includes(changes[0]?.documentId ?? '')]).toEqual([12, false]);
  // what it takes is known by now
  const before = refusals();
  await db.pool.query(
    'update search_document set company_id = subject_id where length(said) < 100000',
  );
  await keep();
  expect(refusals()).toBe(before);
  expect(await db.prisma.searchCopyChange.count()).toBe(1);
});

it('a proxy that takes less is sent less of what is built, too', async () => {
  await writeLong(12, 20_000);
  // nothing stands there or is known of it: no index is left to other tests
  meilisearch.lose();
  await db.prisma.searchCopy.deleteMany();
  await db.prisma.searchCopyChange.deleteMany();
  const { keep } = openCopied(db, meilisearch);
  const refusals = meilisearch.proxied({ most: 100_000 });
  await keep();
  expect(refusals()).toBeGreaterThan(0);
  const { documents } = meilisearch;
  expect(documents((await readCopy(db))?.activeUid ?? '').size).toBe(12);
  expect(await db.prisma.searchCopyChange.count()).toBe(0);
});

it.each([1, 2])(
  'a page of a proxy that is late for once makes no request of %i small',
  async (calls) => {
    const { keep } = openCopied(db, meilisearch);
    await writeLong(calls, 20_000);
    const refusals = meilisearch.proxied({ most: 1_000, late: 1 });
    await expect(keep()).rejects.toThrow();
    expect(refusals()).toBe(1);
    const since = meilisearch.exchanges.length;
    await keep();
    expect(putsSince(since)).toHaveLength(1);
    expect(await db.prisma.searchCopyChange.count()).toBe(0);
  },
);

it('a proxy that is late for what is long is sent less, and not ever less', async () => {
  const { keep } = openCopied(db, meilisearch);
  await keep();
  await writeLong(3, 400_000);
  const refusals = meilisearch.proxied({ most: 1_000_000, late: 9 });
  await keep();
  const needed = refusals();
  expect(needed).toBeGreaterThan(0);
  await db.pool.query('update search_document set company_id = subject_id');
  await keep();
  expect(refusals()).toBe(needed);
  expect(await db.prisma.searchCopyChange.count()).toBe(0);
});

it('a proxy with nobody behind it is not taken for one that takes less', async () => {
  const { keep, server } = openCopied(db, meilisearch);
  await writeLong(2, 20_000);
  await keep();
  const uid = (await readCopy(db))?.activeUid ?? '';
  const documents = [...meilisearch.documents(uid).values()] as unknown as CopyDocument[];
  const refusals = meilisearch.proxied({ most: 0, isAlone: true });
  await expect(server.put(uid, documents)).rejects.toThrow(MeilisearchRequestError);
  expect([documents.length, refusals()]).toEqual([2, 1]);
  meilisearch.proxied(null);
  await db.pool.query('update search_document set company_id = subject_id');
  const since = meilisearch.exchanges.length;
  await keep();
  expect(putsSince(since)).toHaveLength(1);
});
