// What people do with a call after it: tags, note, value, lead status; and what keys with fewer rights see of it.
import { beforeAll, describe, expect, it } from 'vitest';
import { madeTogether } from '#tests/support/made-together.ts';
import { openTown, type RawAnswer } from '#tests/support/town.ts';

const town = await openTown();
const tracker = await town.tracker({ recording: true });
town.business(tracker).is('answer', { say: 'garage-door' });
const stranger = await town.stranger();

// biome-ignore lint/suspicious/noExplicitAny: what the API tells of a call
type Told = any;

async function anEndedCall(from?: string): Promise<Told> {
  const caller = town.caller(from);
  // as soon as they are connected, however long that takes on a slow machine
  const { sessionId } = caller.dials(tracker, { say: [] });
  await town.sees('CALL_RECORDING_READY', (e) => e.call.from === caller.from);
  expect(sessionId).toBeTruthy();
  return town.endedCall(caller.from);
}
const another = madeTogether(3, () => anEndedCall());

const ERRORS =
  'userErrors { __typename code message field ... on VersionConflict { currentVersion } }';
const change = async (verb: 'tagCall' | 'updateCall', input: object): Promise<Told> => {
  const type = verb === 'tagCall' ? 'TagCallInput' : 'UpdateCallInput';
  const { data, errors } = await town.answer(
    `mutation($input: ${type}!) { ${verb}(input: $input) {
       call { id version note leadStatus value { amountCents currencyCode } tags { name } } ${ERRORS} } }`,
    { input },
  );
  expect(errors).toBeUndefined();
  return data[verb];
};
const codes = (payload: Told) => payload.userErrors.map((error: { code: string }) => error.code);

/** What was told of a call besides its own course. */
const changesByPeople = (callId: string) =>
  town.seen(
    (e) => e.type === 'CALL_UPDATED' && e.call.id === callId && !e.changes.includes('steps'),
  );

describe('after a call', () => {
  it('tags, note and value are set, and everybody who follows hears of each', async () => {
    const { id: callId } = await another();
    const tagged = await change('tagCall', { callId, tags: ['quote', 'Garage door'] });
    expect(tagged.call.tags).toEqual(
      expect.arrayContaining([{ name: 'quote' }, { name: 'Garage door' }]),
    );
    await change('tagCall', { callId, tags: ['urgent'], append: true });
    const noted = await change('updateCall', { callId, note: 'Call back.', valueCents: 12_500 });
    expect(noted.call).toMatchObject({
      note: 'Call back.',
      value: { amountCents: 12_500, currencyCode: 'USD' },
    });
    expect(noted.call.tags).toHaveLength(3);
    const cleared = await change('updateCall', { callId, note: null, valueCents: null });
    expect(cleared.call).toMatchObject({ note: null, value: null });
    const told = await town.until('four changes were told', () => {
      const events = changesByPeople(callId);
      return events.length === 4 && events.map((e) => e.changes);
    });
    expect(told).toEqual([['tags'], ['tags'], ['note', 'value'], ['note', 'value']]);
  });

  it('a good lead is made once: a later call of the person was marked before', async () => {
    const from = '+14155550177';
    const first = await anEndedCall(from);
    const good = await change('updateCall', { callId: first.id, leadStatus: 'GOOD_LEAD' });
    expect(good.call.leadStatus).toBe('GOOD_LEAD');
    await town.sees('LEAD_QUALIFIED', (e) => e.lead.id === first.lead.id);
    const { node } = await town.ask(
      'query($id: ID!) { node(id: $id) { ... on Lead { events(first: 50) { nodes { type } } } } }',
      { id: first.lead.id },
    );
    const types = node.events.nodes.map(({ type }: { type: string }) => type);
    expect(types[0]).toBe('LEAD_CREATED');
    expect(types).toContain('LEAD_QUALIFIED');
    const ended = town.seen((e) => e.type === 'CALL_ENDED').length;
    town.caller(from).dials(tracker, { say: [] });
    await town.until(
      'the second call has ended',
      () => town.seen((e) => e.type === 'CALL_ENDED').length > ended,
    );
    const second = town.seen((e) => e.type === 'CALL_ENDED').at(-1)?.call;
    const again = await change('updateCall', { callId: second.id, leadStatus: 'GOOD_LEAD' });
    const after = await town.call(second.id);
    expect([codes(again), after.leadStatus]).toEqual([
      ['ALREADY_GOOD_LEAD'],
      'PREVIOUSLY_MARKED_GOOD_LEAD',
    ]);
    // the second follows the first, and whoever follows the second is told
    for (const [n, leadStatus, follows] of [
      [1, null, 'NOT_SCORED'],
      [2, 'GOOD_LEAD', 'PREVIOUSLY_MARKED_GOOD_LEAD'],
    ] as const) {
      await change('updateCall', { callId: first.id, leadStatus });
      const told = await town.until('the second call was told', () =>
        changesByPeople(second.id).at(n - 1),
      );
      const now = await town.call(second.id);
      expect(told.changes).toEqual(['leadStatus']);
      expect(now.leadStatus).toBe(follows);
      // the end of the call's own course may have raised it since
      expect(now.version).toBeGreaterThanOrEqual(told.subjectVersion);
    }
  });

  it('a change that was decided on an old version is refused, and names the one that stands', async () => {
    const { id: callId } = await another();
    // the end of the call's own course may raise the version between the reading and the change
    const version = await town.until('a change on the version that stands was taken', async () => {
      const seen: Told = await town.call(callId);
      const input = { callId, note: 'First.', expectedVersion: seen.version };
      return codes(await change('updateCall', input)).length === 0 && seen.version;
    });
    const late = await change('updateCall', { callId, note: 'Second.', expectedVersion: version });
    expect(codes(late)).toEqual(['VERSION_CONFLICT']);
    expect(late.userErrors[0].currentVersion).toBeGreaterThan(version);
    expect((await town.call(callId)).note).toBe('First.');
  });

  it('a repeated request is done once; the same key with another input is refused', async () => {
    const { id: callId } = await another();
    const input = { callId, tags: ['twice'], append: true, idempotencyKey: `once-${callId}` };
    const [first, second] = await Promise.all([change('tagCall', input), change('tagCall', input)]);
    expect([codes(first), codes(second)]).toEqual([[], []]);
    expect(changesByPeople(callId).length).toBeLessThan(2);
    expect(codes(await change('tagCall', { ...input, tags: ['other'] }))).toEqual([
      'IDEMPOTENCY_KEY_CONFLICT',
    ]);
  });

  it.each([
    ['updateCall', { valueCents: -1 }],
    ['updateCall', { valueCents: 0.5 }],
    ['updateCall', { note: 'x'.repeat(10_001) }],
    ['tagCall', { tags: ['x'.repeat(61)] }],
    ['tagCall', { tags: [' '] }],
  ] as const)('%s(%o) is refused with INVALID_INPUT and changes nothing', async (verb, input) => {
    const call = await ended;
    const refused = await change(verb, { callId: call.id, ...input });
    expect(codes(refused)).toEqual(['INVALID_INPUT']);
    // not the version: the recording may arrive in the meantime and raise it
    const { note, value, tags, leadStatus } = await town.call(call.id);
    expect({ note, value, tags, leadStatus }).toEqual({
      note: call.note,
      value: call.value,
      tags: call.tags,
      leadStatus: call.leadStatus,
    });
  });
});

let ended: Promise<Told>;
let call: Told;
beforeAll(async () => {
  ended = anEndedCall('+14155550188');
  call = await ended;
});

describe('a key without personal:read', () => {
  it('sees masked numbers and no names', async () => {
    const key = await town.keyWith(['calls:read', 'leads:read']);
    const { data } = await town.answer(
      'query($id: ID!) { node(id: $id) { ... on Call { from lead { name phoneNumbers } } } }',
      { id: call.id },
      key,
    );
    expect(JSON.stringify(data)).not.toContain('4155550188');
    expect(data.node.from).toMatch(/88$/);
    expect(data.node.from).toMatch(/[*•]/);
    expect(data.node.lead.name).toBeNull();
  });
});

describe('a key of another account', () => {
  const asStranger = (query: string, variables: object = {}): Promise<RawAnswer> =>
    town.answer(query, variables, stranger.key);

  it('gets null for every node of this account', async () => {
    const ids = [call.id, call.lead.id, tracker.id];
    const { data, errors } = await asStranger('query($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
      ids,
    });
    expect(errors).toBeUndefined();
    expect(data.nodes).toEqual([null, null, null]);
  });

  it('finds nothing in lists and in the log of events', async () => {
    const { data } = await asStranger(
      '{ calls { totalCount } leads { totalCount } trackers { totalCount } events(first: 50) { nodes { id } } }',
    );
    expect(data).toEqual({
      calls: { totalCount: 0 },
      leads: { totalCount: 0 },
      trackers: { totalCount: 0 },
      events: { nodes: [] },
    });
  });

  it('cannot resume at this account’s cursor, nor ask for its calls’ events', async () => {
    const [{ cursor }] = town.seen() as [Told];
    const resumed = await asStranger(
      'query($after: Cursor) { events(first: 5, after: $after) { nodes { id } } }',
      { after: cursor },
    );
    expect(resumed.errors ?? resumed.data.events.nodes).toSatisfy(
      (answer: unknown[]) => answer.length === 0 || 'message' in (answer[0] as object),
    );
    const filtered = await asStranger(
      'query($ids: [ID!]) { events(first: 5, filter: { callIds: $ids }) { nodes { id } } }',
      { ids: [call.id] },
    );
    expect(filtered.data?.events.nodes ?? []).toEqual([]);
  });

  it('cannot change or dial anything here', async () => {
    const { data } = await asStranger(
      `mutation($tag: TagCallInput!, $place: PlaceSandboxCallInput!) {
         tagCall(input: $tag) { call { id } userErrors { code } }
         placeSandboxCall(input: $place) { to userErrors { code } } }`,
      {
        tag: { callId: call.id, tags: ['mine'] },
        place: { trackerId: tracker.id, from: '+14155550100' },
      },
    );
    expect(data).toEqual({
      tagCall: { call: null, userErrors: [{ code: 'NOT_FOUND' }] },
      placeSandboxCall: { to: null, userErrors: [{ code: 'NOT_FOUND' }] },
    });
    expect((await town.call(call.id)).tags).toEqual([]);
  });

  it('cannot send this account a webhook, since the carrier’s key differs', async () => {
    const answer = await fetch(`${town.server.url}/carrier/${stranger.accountId}`, {
      method: 'POST',
      body: '{}',
    });
    expect(answer.status).toBe(404);
  });
});
