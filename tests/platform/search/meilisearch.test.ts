// The engine with a copy in a search server keeps the contract of every engine, and that server really answers.
import { afterAll, expect, it } from 'vitest';
import { freshDatabase } from '#tests/support/database.ts';
import { openMeilisearch } from '#tests/support/meilisearch/open-meilisearch.ts';
import { judgeExchanges } from '#tests/support/meilisearch/spec.ts';
import { openCopiedLibrary } from './copied-library.ts';
import { describeEngine } from './engine-contract.ts';

const { db } = await freshDatabase();
const meilisearch = await openMeilisearch();
const { library, engines } = openCopiedLibrary(db, meilisearch);
afterAll(async () => {
  await meilisearch.close();
  expect(judgeExchanges(meilisearch.exchanges)).toEqual([]);
});

describeEngine(library, 'theirs');

it('is asked for what it can answer', async () => {
  const { write, search } = await library.openAccount();
  await write('caller: hot water');
  for (const query of ['hot ', 'hot wat', '"hot water"', 'watre', 'hot -cold ']) {
    expect([query, (await search(query)).engine]).toEqual([query, 'MEILISEARCH']);
  }
  expect((await search('caller:hot ')).engine).toBe('POSTGRES');
  expect([...engines.keys()].sort()).toEqual(['MEILISEARCH', 'POSTGRES']);
});
