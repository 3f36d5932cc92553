// Saved searches through the schema: kept, changed and deleted by who may, and asked about a transcript once for each time
// that its words are written.
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { systemViewer } from '#domains/accounts/index.ts';
import { matchSearchesHandler } from '#domains/transcripts/search/saved/ask-searches.ts';
import { schema } from '#schema';
import { openTown } from '#tests/domains/interactions/town.ts';
import { openLibrary } from '#tests/platform/search/library.ts';
import { runOperation } from '#tests/support/operation.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import type { Viewer } from '#values/viewer.ts';

const town = await openTown();
const { prisma } = town.db;
const library = openLibrary(town.db);
const platform = { ...town, search: library.search };
const FIELDS = `id name query version filter { companyIds trackerIds tags speaker startedFrom startedBefore }`;

async function settle() {
  const account = await library.openAccount();
  const { accountId, companyId, otherCompanyId } = account;
  const viewer = systemViewer(accountId, 'TEST', 'test');
  const person = (role: Viewer['role'], companyIds: string[] | null = null): Viewer => ({
    ...viewer,
    ...{ role, companyIds, actor: { kind: 'user', id: randomUUID() } },
  });
  const ask = (source: string, variables: Record<string, unknown>, as: Viewer) =>
    runOperation(schema, source, variables, { platform, viewer: as });
  const change = async (name: string, input: object, as: Viewer = viewer) => {
    const Input = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const answer = name.startsWith('delete') ? 'deletedSavedSearchId' : `savedSearch { ${FIELDS} }`;
    const source = `mutation($input: ${Input}!) { ${name}(input: $input) {
      ${answer} userErrors { code field message } } }`;
    const { data, errors } = await ask(source, { input }, as);
    return errors ? { code: errors[0].extensions.code } : data[name];
  };
  const save = (query: string, more: object = {}, as: Viewer = viewer) =>
    change('createSavedSearch', { name: query.slice(0, 100) || 'Empty', query, ...more }, as);
  const names = async (as: Viewer = viewer) => {
    const { data, errors } = await ask('{ savedSearches { name } }', {}, as);
    return errors
      ? errors[0].extensions.code
      : data.savedSearches.map((one: { name: string }) => one.name);
  };
  const match = (transcriptId: string) =>
    matchSearchesHandler(platform).run(
      { accountId, transcriptId },
      { id: 'try', attempt: 1, signal: new AbortController().signal },
    );
  const told = async () => {
    const where = { accountId, type: 'search.matched' };
    const rows = await prisma.event.findMany({ where, orderBy: { seq: 'asc' } });
    return rows.map(({ payload, companyId: of, subject }) => ({
      ...(payload as object),
      of,
      subject,
    }));
  };
  const Company = encodeGlobalId('Company', companyId);
  const Other = encodeGlobalId('Company', otherCompanyId);
  return { ...account, viewer, person, ask, change, save, names, match, told, Company, Other };
}

it('are kept as they were typed, changed, listed by name and deleted', async () => {
  const { save, change, names, Company, trackerId } = await settle();
  const Tracker = encodeGlobalId('Tracker', trackerId);
  const from = '2026-03-01T10:00:00.000Z';
  const filter = {
    ...{ companyIds: [Company], trackerIds: [Tracker], tags: ['new'], speaker: 'CALLER' },
    ...{ startedFrom: from, startedBefore: null },
  };
  const { savedSearch } = await save('leak ', { name: ' Leaks ', filter });
  expect(savedSearch).toEqual({
    id: savedSearch.id,
    name: 'Leaks',
    query: 'leak ',
    version: 1,
    filter,
  });
  const { id: savedSearchId } = savedSearch;
  await save('boiler', { name: 'Boilers' });
  expect(await names()).toEqual(['Boilers', 'Leaks']);
  const renamed = await change('updateSavedSearch', { savedSearchId, name: 'Drips' });
  expect(renamed.savedSearch).toEqual({ ...savedSearch, name: 'Drips', version: 2 });
  const all = { companyIds: null, trackerIds: null, tags: null, speaker: null, startedFrom: null };
  const wide = await change('updateSavedSearch', { savedSearchId, query: 'drip', filter: null });
  expect(wide.savedSearch).toMatchObject({ query: 'drip', version: 3, filter: all });
  const late = { savedSearchId, expectedVersion: 2 };
  for (const name of ['updateSavedSearch', 'deleteSavedSearch']) {
    expect((await change(name, late)).userErrors).toMatchObject([{ code: 'VERSION_CONFLICT' }]);
  }
  expect(await change('deleteSavedSearch', { savedSearchId })).toEqual({
    ...{ deletedSavedSearchId: savedSearchId, userErrors: [] },
  });
  expect(await names()).toEqual(['Boilers']);
  const gone = await change('deleteSavedSearch', { savedSearchId });
  expect(gone.userErrors).toMatchObject([{ code: 'NOT_FOUND', field: ['savedSearchId'] }]);
});

it('are made once for one key, and refused where a search would be, or beyond 100', async () => {
  const { save, change, accountId, trackerId, otherTrackerId } = await settle();
  const first = await save('leak', { idempotencyKey: 'one' });
  expect(await save('leak', { idempotencyKey: 'one' })).toEqual(first);
  const { savedSearchId } = { savedSearchId: first.savedSearch.id };
  for (const query of ['', '-leak', 'a b c d e f g h i j k', 'x'.repeat(201)]) {
    const wanted = [{ code: 'INVALID_INPUT', field: ['query'] }];
    expect((await save(query)).userErrors).toMatchObject(wanted);
    const changed = await change('updateSavedSearch', { savedSearchId, query });
    expect(changed.userErrors).toMatchObject(wanted);
  }
  for (const name of [' ', 'x'.repeat(101)]) {
    expect((await save('leak', { name })).userErrors).toMatchObject([{ code: 'INVALID_INPUT' }]);
  }
  const [mine, nobodys] = [trackerId, randomUUID()].map((id) => encodeGlobalId('Tracker', id));
  const trackers = await save('leak', { filter: { trackerIds: [mine, nobodys] } });
  expect(trackers.userErrors).toMatchObject([
    { code: 'NOT_FOUND', field: ['filter', 'trackerIds'] },
  ]);
  expect(otherTrackerId).not.toBe(trackerId);
  const row = await prisma.savedSearch.findFirstOrThrow({ where: { accountId } });
  await prisma.savedSearch.createMany({
    data: Array.from({ length: 99 }, () => ({ ...row, filter: {}, id: randomUUID() })),
  });
  const full = await save('leak');
  expect(full.userErrors).toMatchObject([{ code: 'LIMIT_REACHED' }]);
});

it('are of whoever may read transcripts, within their companies, and changed by their maker or a manager', async () => {
  const { save, change, names, person, viewer, companyId, otherCompanyId, Company, Other } =
    await settle();
  const [sam, kim] = [person('REPORTING'), person('REPORTING')];
  const manager = person('MANAGER');
  const kept = person('MANAGER', [companyId]);
  const elsewhere = person('MANAGER', [otherCompanyId]);
  const blind = { ...viewer, scopes: viewer.scopes.filter((one) => one !== 'transcripts:read') };
  for (const as of [blind, person('AGENT')]) {
    expect(await save('leak', {}, as)).toEqual({ code: 'FORBIDDEN' });
    expect(await names(as)).toBe('FORBIDDEN');
  }
  const wide = await save('wide', {}, sam);
  const narrow = await save('narrow', { filter: { companyIds: [Company] } }, kept);
  expect([narrow.userErrors, await names(kim)]).toEqual([[], ['narrow', 'wide']]);
  expect([await names(kept), await names(elsewhere)]).toEqual([['narrow', 'wide'], ['wide']]);
  // of all companies, or of one that is not theirs
  expect(await save('all', {}, kept)).toEqual({ code: 'FORBIDDEN' });
  const other = await save('other', { filter: { companyIds: [Company, Other] } }, kept);
  expect(other.userErrors).toMatchObject([{ code: 'NOT_FOUND', field: ['filter', 'companyIds'] }]);
  const rename = (search: { savedSearch: { id: string } }, as: Viewer) =>
    change('updateSavedSearch', { savedSearchId: search.savedSearch.id, name: 'Renamed' }, as);
  expect(await rename(wide, kim)).toEqual({ code: 'FORBIDDEN' });
  expect(await rename(wide, kept)).toEqual({ code: 'FORBIDDEN' });
  expect((await rename(narrow, elsewhere)).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  expect((await rename(wide, sam)).savedSearch).toMatchObject({ name: 'Renamed', version: 2 });
  expect((await rename(wide, manager)).savedSearch).toMatchObject({ version: 3 });
  const widened = { savedSearchId: narrow.savedSearch.id, filter: null };
  expect(await change('updateSavedSearch', widened, kept)).toEqual({ code: 'FORBIDDEN' });
});

it('are asked about a transcript once for each time that its words are written', async () => {
  const { write, match, save, change, told, accountId, companyId, otherCompanyId, Company, Other } =
    await settle();
  const call = await write({ says: 'agent: Hello\ncaller: My boiler leaks', tags: ['new'] });
  expect(await match(call.id)).toBe('no-searches');
  const leaks = await save('leak');
  await save('leak ');
  await save('agent:boiler ');
  const tagged = await save('boiler', { filter: { tags: ['new'], companyIds: [Company] } });
  await save('boiler', { filter: { companyIds: [Other] } });
  await save('"my boiler"', { filter: { startedBefore: call.occurredAt.toISOString() } });
  const ids = (rows: object[]) =>
    rows.map((row) =>
      encodeGlobalId('SavedSearch', (row as { savedSearchId: string }).savedSearchId),
    );
  expect(await match(call.id)).toBe('matched');
  const first = await told();
  expect(ids(first).sort()).toEqual([leaks.savedSearch.id, tagged.savedSearch.id].sort());
  expect(first[0]).toMatchObject({
    ...{ callId: call.subjectId, transcriptId: call.id, searchVersion: 1, edits: 0 },
    ...{ of: companyId, subject: `call:${call.subjectId}` },
  });
  expect(await match(call.id)).toBe('already-done');
  await prisma.transcript.updateMany({ where: { accountId, id: call.id }, data: { edits: 1 } });
  await change('deleteSavedSearch', { savedSearchId: leaks.savedSearch.id });
  expect(await match(call.id)).toBe('matched');
  expect(ids((await told()).slice(2))).toEqual([tagged.savedSearch.id]);
  const elsewhere = await write({
    says: 'caller: nothing',
    companyId: otherCompanyId,
    trackerId: null,
  });
  expect(await match(elsewhere.id)).toBe('nothing-matched');
  expect(await match(randomUUID())).toBe('gone');
  expect(await told()).toHaveLength(3);
});
