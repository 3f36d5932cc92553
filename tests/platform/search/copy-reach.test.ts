// What reaches too far for the search server, or fails there once, the database answers: for that one search alone.
import { MeilisearchRequestError, MeilisearchRequestTimeOutError } from 'meilisearch';
import { pino } from 'pino';
import { afterAll, expect, it } from 'vitest';
import { openCopiedSearch } from '#platform/search/copy/open-copied.ts';
import { readCopy } from '#platform/search/copy/state.ts';
import { SearchTimedOut } from '#platform/search/port.ts';
import { freshDatabase } from '#tests/support/database.ts';
import { openMeilisearch } from '#tests/support/meilisearch/open-meilisearch.ts';
import { judgeExchanges } from '#tests/support/meilisearch/spec.ts';
import { openCopied } from './copied-library.ts';
import { openLibrary, postgresOf } from './library.ts';

const { db } = await freshDatabase();
const meilisearch = await openMeilisearch();
afterAll(async () => {
  await meilisearch.close();
  expect(judgeExchanges(meilisearch.exchanges)).toEqual([]);
});

const open = async () => {
  const { search, keep, server } = openCopied(db, meilisearch);
  return { keep, server, ...(await openLibrary(db, search).openAccount()) };
};
const searches = (since: number) =>
  meilisearch.exchanges
    .slice(since)
    .filter(({ url }) => url.pathname.endsWith('/search'))
    .map(({ body }) => (body as { hitsPerPage: number }).hitsPerPage);

it('a word that is misspelt and still typed is read for once, page by page', async () => {
  const { write, page, keep } = await open();
  const [completed, corrected] = [[] as string[], [] as string[]];
  for (let n = 0; n < 3; n += 1) {
    completed.unshift((await write('caller: many appointmants')).id);
    corrected.unshift((await write('caller: an appointment')).id);
  }
  await keep();
  const since = meilisearch.exchanges.length;
  const seen: string[] = [];
  let place: Parameters<typeof page>[2] = null;
  for (let n = 0; n < 3; n += 1) {
    const found = await page('appointmant', 2, place);
    expect(found.engine).toBe('MEILISEARCH');
    seen.push(...found.hits.map(({ id }) => id));
    place = found.hits.at(-1)?.place ?? null;
    // as it is written, and open
    if (n === 0) expect(searches(since)).toHaveLength(2);
  }
  expect(seen).toEqual([...completed, ...corrected]);
});

it('of a common word that is misspelt few texts are read, then the database answers', async () => {
  const { write, search, keep } = await open();
  const call = await write('caller: an appointment');
  await keep();
  const stored = meilisearch.documents((await readCopy(db))?.activeUid ?? '');
  const [key = '', document] = [...stored].find(([, one]) => one.documentId === call.id) ?? [];
  for (let n = 0; n < 2_000; n += 1) {
    const id = `${key}${n}`;
    stored.set(id, { ...document, id, documentId: id, occurredAt: n });
  }
  const since = meilisearch.exchanges.length;
  const { hits, engine, isDegraded } = await search('appointmant');
  expect(hits.map(({ id }) => id)).toEqual([call.id]);
  expect({ engine, isDegraded }).toEqual({ engine: 'POSTGRES', isDegraded: false });
  const asked = searches(since);
  expect(Math.max(...asked)).toBeLessThanOrEqual(110);
  expect(asked.slice(1).reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(610);
  // the server does not rest for it
  expect((await search('"an appointment"')).engine).toBe('MEILISEARCH');
});

it('what the server did not sort in time the database answers, and nothing is missing', async () => {
  const { write, page, keep } = await open();
  const ids: string[] = [];
  for (let n = 0; n < 14; n += 1) ids.unshift((await write('caller: hot water')).id);
  await keep();
  meilisearch.cutOff();
  const first = await page('water ', 2, null);
  const { engine, isDegraded } = first;
  expect({ engine, isDegraded }).toEqual({ engine: 'POSTGRES', isDegraded: false });
  const rest = await page('water ', 20, first.hits.at(-1)?.place ?? null);
  // the server does not rest for it
  expect(rest.engine).toBe('MEILISEARCH');
  expect([...first.hits, ...rest.hits].map(({ id }) => id)).toEqual(ids);
});

it('a total beyond the page is the database’s: the server counts what the list leaves out', async () => {
  const { write, page, keep } = await open();
  const ids: string[] = [];
  for (let n = 0; n < 3; n += 1) ids.push((await write('caller: hot water')).id);
  await keep();
  const stored = meilisearch.documents((await readCopy(db))?.activeUid ?? '');
  const [key = '', document] = [...stored].find(([, one]) => one.documentId === ids[0]) ?? [];
  // found there by its fields, and not by its words
  const other = { id: `${key}0`, documentId: `${ids[0]}0`, said: '' };
  stored.set(other.id, { ...document, ...other });
  const found = await page('water ', 2, null);
  const exact = { count: 3, isExact: true };
  expect([found.engine, await found.total()]).toEqual(['MEILISEARCH', exact]);
  meilisearch.down(true);
  const total = await found.total();
  meilisearch.down(false);
  expect(total).toEqual(exact);
});

it('a total is exact only where the database finds as much as the page shows', async () => {
  const { write, page, keep } = await open();
  // less than ten times as many: near enough for the server, and not for the database
  for (let n = 0; n < 5; n += 1) await write('caller: a plumer');
  for (let n = 0; n < 20; n += 1) await write('caller: a plumber');
  await keep();
  const found = await page('plumer ', 21, null);
  const { count, isExact } = await found.total();
  expect([found.engine, found.hits.length, count, isExact]).toEqual(['MEILISEARCH', 21, 21, false]);
});

it('a total or a look at what the copy lacks that fails takes no page away', async () => {
  const { write, keep, server } = await open();
  for (let n = 0; n < 3; n += 1) await write('caller: hot water');
  await keep();
  const log = pino({ level: 'silent' });
  const own = postgresOf(db);
  const slow: typeof own = {
    ...own,
    search: () => Promise.reject(new SearchTimedOut()),
  };
  const account = openLibrary(db, openCopiedSearch({ db, log, server }, slow));
  const first = await account.openAccount();
  for (let n = 0; n < 3; n += 1) await first.write('caller: hot water');
  await keep();
  const found = await first.page('water ', 2, null);
  const { engine, hits } = found;
  expect([engine, hits.length, await found.total()]).toEqual([
    'MEILISEARCH',
    2,
    { count: 2, isExact: false },
  ]);

  const blind = {
    ...db,
    pool: {
      query: (text: string, values: unknown[]) =>
        text.includes('changed_at <')
          ? Promise.reject(new Error('canceling statement'))
          : db.pool.query(text, values),
    },
  } as unknown as typeof db;
  const unsure = openLibrary(db, openCopiedSearch({ db: blind, log, server }, own));
  const second = await unsure.openAccount();
  await second.write('caller: hot water');
  await keep();
  const { hits: all, isDegraded } = await second.page('water ', 2, null);
  expect([all.length, isDegraded]).toEqual([1, true]);
});

it('one late answer stops no other search, three in a row do', async () => {
  const { keep, server } = await open();
  await keep();
  let isLate = false;
  const cause = new MeilisearchRequestTimeOutError(3_000, {});
  const slow: typeof server = {
    ...server,
    async search(...asked) {
      if (isLate) throw new MeilisearchRequestError('http://meilisearch', cause);
      return server.search(...asked);
    },
  };
  const log = pino({ level: 'silent' });
  const copied = openCopiedSearch({ db, log, server: slow }, postgresOf(db));
  const { search } = await openLibrary(db, copied).openAccount();
  const ask = async (isNowLate: boolean) => {
    isLate = isNowLate;
    const { engine, isDegraded } = await search('water ');
    return `${engine}${isDegraded ? ' degraded' : ''}`;
  };
  expect(await ask(true)).toBe('POSTGRES degraded');
  expect(await ask(false)).toBe('MEILISEARCH');
  for (let n = 0; n < 3; n += 1) expect(await ask(true)).toBe('POSTGRES degraded');
  expect(await ask(false)).toBe('POSTGRES degraded');
});

it('a proxy with nobody behind it is a server that is down, and the log says what was told', async () => {
  const { keep, server } = await open();
  await keep();
  const told: object[] = [];
  const log = pino({ base: null }, { write: (line: string) => void told.push(JSON.parse(line)) });
  const copied = openCopiedSearch({ db, log, server }, postgresOf(db));
  const { search } = await openLibrary(db, copied).openAccount();
  meilisearch.proxied({ most: 0, isAlone: true });
  expect(await search('water ')).toMatchObject({ engine: 'POSTGRES', isDegraded: true });
  meilisearch.proxied(null);
  const detail = expect.stringContaining('not valid JSON');
  expect(told).toEqual([expect.objectContaining({ reason: 'SyntaxError', detail, rests: true })]);
  expect(await search('water ')).toMatchObject({ engine: 'POSTGRES', isDegraded: true });
});
