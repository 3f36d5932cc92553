// What is told and who answers while the search server is down, empty, or built anew; and whose documents a token opens.
import { afterAll, expect, it } from 'vitest';
import { freshDatabase } from '#tests/support/database.ts';
import { openMeilisearch } from '#tests/support/meilisearch/open-meilisearch.ts';
import { judgeExchanges, meilisearchSpecIsHere } from '#tests/support/meilisearch/spec.ts';
import { openCopied } from './copied-library.ts';
import { openLibrary } from './library.ts';

const { db } = await freshDatabase();
const meilisearch = await openMeilisearch();
afterAll(async () => {
  await meilisearch.close();
  expect(judgeExchanges(meilisearch.exchanges)).toEqual([]);
});

/** An engine that has not yet failed. */
const open = () => {
  const { search, keep } = openCopied(db, meilisearch);
  return { keep, ...openLibrary(db, search) };
};

it('the database answers while the copy is not filled, down or lost, and says so', async () => {
  const { openAccount, keep } = open();
  const { write, search } = await openAccount();
  const call = await write('caller: hot water');
  const ask = async (as = search) => {
    const { hits, engine, isDegraded } = await as('hot wat');
    return { ids: hits.map(({ id }) => id), engine, isDegraded };
  };
  const own = { ids: [call.id], engine: 'POSTGRES', isDegraded: true };
  const copied = { ids: [call.id], engine: 'MEILISEARCH', isDegraded: false };
  await db.prisma.searchCopy.deleteMany();
  expect(await ask()).toEqual(own);
  await keep();
  expect(await ask()).toEqual(copied);
  meilisearch.down(true);
  expect(await ask()).toEqual(own);
  meilisearch.down(false);
  // it rests before it is asked again, so that searches do not wait for it
  expect(await ask()).toEqual(own);
  const fresh = await open().openAccount();
  const other = await fresh.write('caller: hot water');
  await keep();
  expect(await ask(fresh.search)).toEqual({ ...copied, ids: [other.id] });
  meilisearch.lose();
  expect(await ask(fresh.search)).toEqual({ ...own, ids: [other.id] });
});

it('pages go on over a change of engines', async () => {
  const { openAccount, keep } = open();
  const { write, page } = await openAccount();
  const calls = [];
  for (let n = 0; n < 4; n += 1) calls.unshift((await write('caller: heat')).id);
  for (let n = 0; n < 3; n += 1) calls.push((await write('caller: heater')).id);
  await keep();
  const wanted = [...calls.slice(0, 4), ...calls.slice(4).reverse()];
  const seen: string[] = [];
  const engines: string[] = [];
  let place: Parameters<typeof page>[2] = null;
  for (let n = 0; n < 4; n += 1) {
    meilisearch.down(n % 2 === 1);
    const found = await page('heat', 2, place);
    seen.push(...found.hits.map(({ id }) => id));
    engines.push(found.engine);
    place = found.hits.at(-1)?.place ?? null;
  }
  meilisearch.down(false);
  expect(seen).toEqual(wanted);
  expect(new Set(engines)).toEqual(new Set(['MEILISEARCH', 'POSTGRES']));
});

it('every search carries both walls: a token of its account, and the filter', async () => {
  const { openAccount, keep } = open();
  const { write, search, accountId } = await openAccount();
  await write('caller: hot water');
  await keep();
  const before = meilisearch.exchanges.length;
  // as it is written, then as it may be misspelt
  await search('water ');
  const asked = meilisearch.exchanges
    .slice(before)
    .filter(({ url }) => url.pathname.endsWith('/search'));
  expect(asked).toHaveLength(2);
  for (const { body, bearer } of asked) {
    expect(body).toMatchObject({ filter: [`accountId = "${accountId}"`] });
    const [, payload = ''] = bearer.split('.');
    const { searchRules, exp } = JSON.parse(Buffer.from(payload, 'base64url').toString());
    expect(Object.values(searchRules)).toEqual([{ filter: `accountId = "${accountId}"` }]);
    expect(exp * 1_000 - Date.now()).toBeLessThanOrEqual(300_000);
  }
  expect(meilisearch.access.keys.map(({ actions }) => actions)).toEqual([['search']]);
});

it.skipIf(!meilisearchSpecIsHere)('a request that the API does not document is told', () => {
  const url = new URL('http://meilisearch/indexes/transcripts/search');
  const answer = { message: '', code: 'index_not_found', type: 'invalid_request', link: '' };
  const exchange = { method: 'POST', url, bearer: '', status: 404, answer };
  expect(judgeExchanges([{ ...exchange, body: { q: 'a' } }])).toEqual([]);
  expect(judgeExchanges([{ ...exchange, body: { attributesToSerchOn: [] } }])).toHaveLength(1);
  expect(judgeExchanges([{ ...exchange, body: { hitsPerPage: 'many' } }])).toHaveLength(1);
});
