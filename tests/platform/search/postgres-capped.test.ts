// What is found in more documents than are counted: the first of the list count, and the answer says that there are more. And
// the pages of lists that go on step by step.
import { expect, it } from 'vitest';
import { MAX_COUNTED, MAX_JUDGED } from '#platform/search/index.ts';
import { freshDatabase } from '#tests/support/database.ts';
import { openLibrary } from './library.ts';

const { db } = await freshDatabase();
const { openAccount } = openLibrary(db);

/** Copies a document so many times; the copies are a second apart, from `from` on. */
async function copy(id: string, times: number, from: string): Promise<void> {
  await db.transaction(async (tx) => {
    // they stand for transcripts that are not there
    await tx.$executeRawUnsafe('set local session_replication_role = replica');
    await tx.$executeRawUnsafe(
      `insert into search_document (account_id, id, subject_id, company_id, tracker_id, occurred_at, version, words, pairs, said)
       select account_id, gen_random_uuid(), gen_random_uuid(), company_id, tracker_id, $3::timestamptz + n * interval '1 second',
              version, words, pairs, said
         from search_document, generate_series(1, $2::int) n where id = $1::uuid`,
      id,
      times,
      from,
    );
  });
}

it('the first of the list count: those who said the word as it is written, before newer ones who went on', async () => {
  const { companyId, otherCompanyId, write, search, facets } = await openAccount();
  const written = await write('caller: furnace is out');
  await write({ says: 'caller: furnaces are out', companyId: otherCompanyId });
  const last = await write({ says: 'caller: furnaces are out', companyId: otherCompanyId });
  await copy(written.id, MAX_COUNTED - 2, '2026-01-01');

  const almost = await search('furnace');
  expect(await almost.total()).toEqual({ count: MAX_COUNTED, isExact: false });
  expect((await facets('furnace')).companyIds).toEqual([
    { value: companyId, count: MAX_COUNTED - 1 },
    { value: otherCompanyId, count: 1 },
  ]);

  await copy(written.id, 1, '2026-01-02');
  const all = await search('furnace');
  expect(await all.total()).toEqual({ count: MAX_COUNTED, isExact: false });
  const { companyIds, speakers } = await facets('furnace');
  expect(companyIds).toEqual([{ value: companyId, count: MAX_COUNTED }]);
  expect(speakers).toEqual([{ value: 'CALLER', count: MAX_COUNTED }]);
  expect(await (await search('furnaces')).total()).toEqual({ count: 2, isExact: true });
  expect(all.hits.map(({ id }) => id)).not.toContain(last.id);
});

type Account = Awaited<ReturnType<typeof openAccount>>;

/** All ids of a query, asked page by page. */
async function readAll({ page }: Account, query: string, limit: number): Promise<string[]> {
  const seen: string[] = [];
  for (let place = null as Parameters<typeof page>[2]; ; ) {
    const { hits } = await page(query, limit, place);
    seen.push(...hits.map(({ id }) => id));
    if (hits.length < limit) return seen;
    place = hits.at(-1)?.place ?? null;
  }
}

it('a list of three steps is the same in pages of any size', async () => {
  const account = await openAccount();
  const [written, goneOn, corrected]: [string[], string[], string[]] = [[], [], []];
  // ten times as many calls have the one: it may stand for the other
  for (let n = 0; n < 20; n += 1) {
    if (n % 10 === 3) written.unshift((await account.write('caller: a plumer')).id);
    if (n % 10 === 6) goneOn.unshift((await account.write('caller: two plumers')).id);
    corrected.unshift((await account.write('caller: a plumber')).id);
  }
  for (const limit of [1, 2, 3, 4, 5, 23, 24, 25]) {
    const seen = await readAll(account, 'plumer', limit);
    expect(seen, `pages of ${limit}`).toEqual([...written, ...goneOn, ...corrected]);
  }
});

it('a phrase and a word that is still typed, page by page', async () => {
  const account = await openAccount();
  const [written, goneOn]: [string[], string[]] = [[], []];
  for (let n = 0; n < 4; n += 1) {
    written.unshift((await account.write('caller: hot water heat')).id);
    goneOn.unshift((await account.write('caller: hot water heater')).id);
    await account.write('caller: water hot heat');
  }
  for (const limit of [1, 2, 3, 4, 5, 8, 9]) {
    const seen = await readAll(account, '"hot water" heat', limit);
    expect(seen, `pages of ${limit}`).toEqual([...written, ...goneOn]);
  }
});

it('what fills a page has passed the filter too', async () => {
  const { write, search, companyId, otherCompanyId } = await openAccount();
  for (let n = 0; n < 3; n += 1) await write({ says: 'caller: heat', tags: ['old'] });
  const there = { companyId: otherCompanyId, trackerId: null };
  const one = await write({ ...there, says: 'caller: heater', tags: ['new'] });
  const two = await write({ ...there, says: 'caller: heater', tags: ['new'] });
  const find = async (...asked: [Parameters<typeof search>[1], Parameters<typeof search>[2]]) =>
    (await search('heat', ...asked, 2)).hits.map(({ id }) => id);
  expect(await find({ companyIds: [otherCompanyId] }, {})).toEqual([two.id, one.id]);
  expect(await find({}, { companyIds: [otherCompanyId] })).toEqual([two.id, one.id]);
  expect(await find({ tags: ['new'] }, {})).toEqual([two.id, one.id]);
  expect(await find({ tags: ['new'], companyIds: [companyId] }, {})).toEqual([]);
});

it('of a phrase, so many documents are judged, the newest first', async () => {
  const { companyId, write, search, facets } = await openAccount();
  const said = await write('caller: no hot water here');
  await copy(said.id, MAX_JUDGED, '2026-01-01');
  const found = await search('"hot water"');
  expect(await found.total()).toEqual({ count: MAX_JUDGED, isExact: false });
  expect((await facets('"hot water"')).companyIds).toEqual([
    { value: companyId, count: MAX_JUDGED },
  ]);
});

it('of what lacks a phrase the newest are judged, and what a page shows is counted', async () => {
  const { write, page, facets } = await openAccount();
  await write('caller: water that is hot');
  await write('caller: water that is hot');
  const said = await write('caller: no hot water here');
  await copy(said.id, MAX_JUDGED - 1, '2026-02-01');
  const query = 'water -"hot water"';
  const first = await page(query, 2, null);
  expect(first.hits).toHaveLength(2);
  expect(await first.total()).toEqual({ count: 2, isExact: false });
  expect((await facets(query)).companyIds).toEqual([]);
});

it('a total that takes too long is told as what stands on the page', async () => {
  const { write, page } = await openAccount();
  for (let n = 0; n < 3; n += 1) await write('caller: a leak');
  const { hits, total } = await page('leak ', 2, null);
  expect(hits).toHaveLength(2);
  const blocker = await db.pool.connect();
  await blocker.query('begin; lock table search_document in access exclusive mode');
  try {
    expect(await total()).toEqual({ count: 2, isExact: false });
  } finally {
    await blocker.query('rollback');
    blocker.release();
  }
  expect(await total()).toEqual({ count: 3, isExact: true });
});
