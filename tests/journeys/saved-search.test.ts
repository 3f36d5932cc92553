// A search that is kept, through the public API only: a call that was really spoken is told of live, to who may hear it, by
// each door; so is one whose words a person has changed; and nothing of what was deleted.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApiKey, createCompany, systemViewer } from '#domains/accounts/index.ts';
import { openTown, until } from '#tests/support/town.ts';
import { SCOPES } from '#values/scopes.ts';
import { type Data, openApi } from '../../demo/api.ts';
import { partner } from './verifying-partner.ts';

const town = await openTown({ env: { WEBHOOK_ALLOW_HOSTS: '127.0.0.1' } });
const PATIENCE_MS = 120_000;

const MATCH = 'type cursor ... on SearchEvent { savedSearch { name } call { id } }';
const ALL = `subscription { events(filter: { types: [SEARCH_MATCHED] }) { ${MATCH} } }`;
const ONE = `subscription($id: ID!, $after: Cursor) { searchMatched(savedSearchId: $id, after: $after) { ${MATCH} } }`;
const PAST = `{ events(filter: { types: [SEARCH_MATCHED] }) { nodes { type } } }`;
const SAVE = `mutation($input: CreateSavedSearchInput!) { createSavedSearch(input: $input) {
  savedSearch { id } userErrors { code message field } } }`;
const DELETE = `mutation($id: ID!) { deleteSavedSearch(input: { savedSearchId: $id }) {
  deletedSavedSearchId userErrors { code message field } } }`;
const EDIT = `mutation($input: EditTranscriptSegmentInput!) { editTranscriptSegment(input: $input) {
  transcript { version } userErrors { code message field } } }`;
const HOOK = `mutation($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) {
  secret userErrors { code message field } } }`;
const SEGMENTS = `query($id: ID!) { node(id: $id) { ... on Call { transcript { segments { id text } } } } }`;

const save = async (query: string) =>
  (await town.ask(SAVE, { input: { name: query, query } })).createSavedSearch.savedSearch
    .id as string;

/** What a key hears from now on. */
function listen(key: string, source = ALL, variables: object = {}) {
  const api = openApi(town.server.url, key);
  afterAll(() => api.close());
  const heard: Data[] = [];
  const stream = api.follow(source, variables);
  (async () => {
    for await (const data of stream) heard.push(Object.values(data)[0]);
  })().catch((error) => heard.push(error));
  // a subscription answers nothing before its first event: the socket's first round trip stands for it
  return api.ask('{ __typename }').then(() => heard);
}
const namesOf = (heard: readonly Data[]) => heard.map((one) => one.savedSearch.name);

let appointments: string;
let elephants: string;
let all: Data[];
let one: Data[];
let theirs: Data[];
let elsewhere: Data[];
let callId: string;
let otherKey: string;
let strangerKey: string;
const secrets: string[] = [];
const receiver = await partner(secrets);

beforeAll(async () => {
  appointments = await save('appointment ');
  await save('plumber ');
  elephants = await save('"grey elephant"');
  ({ key: strangerKey } = await town.stranger());
  const saved = await town.answer(
    SAVE,
    { input: { name: 'Theirs', query: 'appointment ' } },
    strangerKey,
  );
  expect(saved.data.createSavedSearch.userErrors).toEqual([]);
  const viewer = systemViewer(town.accountId, 'TEST', 'town');
  const { platform } = town.server;
  const other = await createCompany(platform, viewer, { name: 'Other company' });
  const made = await createApiKey(platform, viewer, {
    ...{ name: 'Kept', scopes: [...SCOPES], companyIds: [other.id] },
  });
  otherKey = made.secret ?? '';
  const hook = { url: receiver.url, eventTypes: ['SEARCH_MATCHED'], query: `{ id ${MATCH} }` };
  secrets.push((await town.ask(HOOK, { input: hook })).createWebhookEndpoint.secret);
  all = await listen(town.key);
  one = await listen(town.key, ONE, { id: appointments });
  theirs = await listen(strangerKey);
  elsewhere = await listen(otherKey);
  const tracker = await town.tracker({ recording: true, transcription: true });
  town.business(tracker).is('answer', { say: 'garage-door' });
  const caller = town.caller('+14155550187');
  caller.dials(tracker, { say: 'garage-door' });
  ({ id: callId } = await town.endedCall(caller.from));
  await until('it is found', () => all.length > 0, PATIENCE_MS);
}, PATIENCE_MS);

it('is told of live, over each door, again after an edit, until it is deleted; to nobody else', async () => {
  const match = {
    ...{ type: 'SEARCH_MATCHED', cursor: expect.any(String) },
    ...{ savedSearch: { name: 'appointment' }, call: { id: callId } },
  };
  expect(all).toEqual([match]);
  await town.until('the subscription of the one has it', () => one.length > 0);
  expect(one).toEqual(all);
  await town.until('the webhook has it', () => receiver.heard.length > 0);
  expect(receiver.heard.map(({ body }) => body)).toEqual([
    expect.objectContaining({ type: 'search.matched', data: expect.objectContaining(match) }),
  ]);

  await edit('a grey elephant');
  await town.until('both are told', () => all.length >= 3);
  expect(namesOf(all).slice(1).sort()).toEqual(['"grey elephant"', 'appointment']);
  await town.until('the one is told', () => one.length >= 2);
  expect(namesOf(one)).toEqual(['appointment', 'appointment']);
  const resumed = await listen(town.key, ONE, { id: elephants, after: all[0].cursor });
  await town.until('what was missed is told', () => resumed.length > 0);
  expect(namesOf(resumed)).toEqual(['"grey elephant"']);

  await town.ask(DELETE, { id: appointments });
  await edit('a plumber');
  // what finds one transcript is told in one piece
  await town.until('the other is told', () => all.length >= 4);
  expect(namesOf(all.slice(3))).toEqual(['plumber']);
  expect(one).toHaveLength(2);
  expect(one[0].savedSearch).toEqual({ name: 'appointment' });

  expect([theirs, elsewhere]).toEqual([[], []]);
  for (const key of [strangerKey, otherKey]) {
    expect((await town.answer(PAST, {}, key)).data.events.nodes).toEqual([]);
  }
  const blind = await town.keyWith(['calls:read']);
  const refused = await town.answer(PAST, {}, blind);
  expect(refused.errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
  const [strange, kept] = [await listen(strangerKey, ONE, { id: elephants }), await listen(blind)];
  await town.until('both are refused', () => strange.length > 0 && kept.length > 0);
  expect(String(strange[0])).toContain('NOT_FOUND');
  expect(String(kept[0])).toContain('FORBIDDEN');
});

/** A person makes the first segment say these words alone. */
async function edit(text: string): Promise<void> {
  const { node } = await town.ask(SEGMENTS, { id: callId });
  const [{ id: segmentId }] = node.transcript.segments;
  await town.ask(EDIT, { input: { segmentId, text } });
}
