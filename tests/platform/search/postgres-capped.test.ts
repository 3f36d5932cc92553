// What is found in more documents than are counted: the first of the list count, and the answer says that there are more.
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

it('a list that begins with what fills a page goes on with the rest', async () => {
  const { write, page } = await openAccount();
  const written: string[] = [];
  const goneOn: string[] = [];
  for (let n = 0; n < 5; n += 1) {
    written.unshift((await write('caller: the heat is out')).id);
    goneOn.unshift((await write('caller: the heater is out')).id);
  }
  for (const limit of [1, 2, 3, 4, 5, 6, 9, 10]) {
    const seen: string[] = [];
    for (let place = null as Parameters<typeof page>[2]; ; ) {
      const { hits } = await page('heat', limit, place);
      seen.push(...hits.map(({ id }) => id));
      if (hits.length < limit) break;
      place = hits.at(-1)?.place ?? null;
    }
    expect(seen, `pages of ${limit}`).toEqual([...written, ...goneOn]);
  }
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
