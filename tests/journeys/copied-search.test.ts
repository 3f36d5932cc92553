// A Switchboard that is told of a search server: its worker builds the copy and keeps it, searches are answered there, and
// by the database while it is down; an erased call is gone from both before its receipt says so.
import { afterAll, expect, it } from 'vitest';
import { createApiKey, systemViewer } from '#domains/accounts/index.ts';
import { erasuresJobHandlers } from '#domains/erasures/index.ts';
import { connectSandbox } from '#domains/lab/index.ts';
import { openLibrary } from '#tests/platform/search/library.ts';
import { openMeilisearch } from '#tests/support/meilisearch/open-meilisearch.ts';
import { judgeExchanges } from '#tests/support/meilisearch/spec.ts';
import { openTown, SANDBOX_KEY } from '#tests/support/town.ts';
import { decodeGlobalId, encodeGlobalId } from '#values/global-id.ts';
import { SCOPES } from '#values/scopes.ts';

const meilisearch = await openMeilisearch();
afterAll(async () => {
  await meilisearch.close();
  expect(judgeExchanges(meilisearch.exchanges)).toEqual([]);
});
const { url: MEILISEARCH_URL, key: MEILISEARCH_KEY } = meilisearch;
const town = await openTown({ env: { MEILISEARCH_URL, MEILISEARCH_KEY } });

const SEARCH = `query($query: String!) { searchTranscripts(query: $query) {
  engine isDegraded totalCount totalCountIsExact nodes { score matches { segment { text } words { start end } } } } }`;
const RECEIPT = 'query($id: ID!) { node(id: $id) { ... on Erasure { state } } }';

it('is answered there, and here while that is down', { timeout: 120_000 }, async () => {
  const { platform } = town.server;
  const { accountId, write } = await openLibrary(platform.db, platform.search).openAccount();
  const { url, publicKey } = town.sandbox;
  await connectSandbox(platform, { url, publicKey, apiKey: SANDBOX_KEY });
  const viewer = systemViewer(accountId, 'TEST', 'town');
  const { secret } = await createApiKey(platform, viewer, { name: 'Key', scopes: [...SCOPES] });
  const find = async (query: string) => {
    const { data } = await town.answer(SEARCH, { query }, secret ?? '');
    return data.searchTranscripts;
  };
  const call = await write('caller: My boiler leaks hot water');
  const copied = () =>
    find('boiler ').then((one) => (one.nodes.length > 0 && !one.isDegraded ? one : null));
  const words = [{ start: 3, end: 9 }];
  const nodes = [
    { score: 1, matches: [{ segment: { text: 'My boiler leaks hot water' }, words }] },
  ];
  expect(await town.until('it is in the copy', copied)).toEqual({
    ...{ engine: 'MEILISEARCH', isDegraded: false, totalCount: 1, totalCountIsExact: true },
    nodes,
  });
  expect((await find('boilr ')).nodes[0]).toMatchObject({ score: 0.25, matches: [{ words }] });
  meilisearch.down(true);
  expect(await find('boiler ')).toMatchObject({ engine: 'POSTGRES', isDegraded: true, nodes });
  meilisearch.down(false);

  const erase = `mutation($id: ID!) { eraseCall(input: { callId: $id }) { erasure { id } userErrors { message } } }`;
  const release = meilisearch.hold();
  const id = encodeGlobalId('Call', call.subjectId);
  const erased = await town.answer(erase, { id }, secret ?? '');
  expect(erased.errors).toBeUndefined();
  expect(erased.data.eraseCall.userErrors).toEqual([]);
  const receipt = erased.data.eraseCall.erasure.id;
  const state = async () => {
    const { data } = await town.answer(RECEIPT, { id: receipt }, secret ?? '');
    return data.node.state;
  };
  const [{ run }] = erasuresJobHandlers(platform);
  const erasureId = decodeGlobalId(receipt)?.id ?? '';
  const remove = () =>
    run({ accountId, erasureId }, { id: 'try', attempt: 1, signal: new AbortController().signal });
  await expect(remove()).rejects.toThrow('Not yet: the search server');
  expect(await state()).toBe('PENDING');
  release();
  const isGone = () =>
    meilisearch.indexes().every((uid) => meilisearch.documents(uid).size === 0) || null;
  await town.until('it is gone from the copy', isGone);
  await town.until('that is confirmed', () => remove().catch(() => null));
  expect(await state()).toBe('COMPLETED');
});
