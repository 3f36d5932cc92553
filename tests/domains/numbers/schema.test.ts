// Trackers and phone numbers through the schema.
import { describe, expect, it } from 'vitest';
import { schema } from '#schema';
import { runOperation } from '#tests/support/operation.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import { openDepot } from './depot.ts';

const depot = await openDepot();

const TRACKER = `fragment T on Tracker {
  id name type status destination ringSeconds whisper greeting recording transcription voicemail
  voicemailGreeting version createdAt disabledAt
  company { name } source { name medium campaign }
  phoneNumbers { number status failure version tracker { name } company { name } }
}`;
const CREATE = `${TRACKER} mutation($input: CreateTrackerInput!) {
  createTracker(input: $input) { tracker { ...T } userErrors { code field message } } }`;
const UPDATE = `${TRACKER} mutation($input: UpdateTrackerInput!) {
  updateTracker(input: $input) { tracker { ...T }
    userErrors { code field ... on VersionConflict { currentVersion } } } }`;

async function customer() {
  const people = await depot.settle();
  const run = (source: string, variables: Record<string, unknown> = {}, viewer = people.viewer) =>
    runOperation(schema, source, variables, { platform: depot, viewer });
  const input = (changes: Record<string, unknown> = {}) => ({
    companyId: encodeGlobalId('Company', people.companyId),
    name: 'Spring ad',
    source: { name: 'Google Ads', medium: 'cpc', campaign: null },
    destination: '(312) 555-0177',
    number: { phoneNumber: depot.nextNumber() },
    ...changes,
  });
  return { ...people, run, input };
}

describe('tracker mutations', () => {
  it('make, change and disable a tracker', async () => {
    const { run, input } = await customer();
    const wanted = input({ whisper: null, ringSeconds: null, recording: true });
    const made = await run(CREATE, { input: wanted });
    expect(made.errors).toBeUndefined();
    const { tracker, userErrors } = made.data.createTracker;
    expect(userErrors).toEqual([]);
    expect(tracker).toEqual({
      id: expect.any(String),
      name: 'Spring ad',
      type: 'SOURCE',
      status: 'ACTIVE',
      destination: '+13125550177',
      ringSeconds: 25,
      whisper: null,
      greeting: null,
      recording: true,
      transcription: false,
      voicemail: true,
      voicemailGreeting: null,
      version: 1,
      createdAt: depot.clock.now('').toISOString(),
      disabledAt: null,
      company: { name: 'Garage Doors' },
      source: { name: 'Google Ads', medium: 'cpc', campaign: '' },
      phoneNumbers: [
        {
          number: wanted.number.phoneNumber,
          status: 'ORDERING',
          failure: null,
          version: 1,
          tracker: { name: 'Spring ad' },
          company: { name: 'Garage Doors' },
        },
      ],
    });

    const trackerId = tracker.id;
    const changed = await run(UPDATE, { input: { trackerId, name: 'Summer ad', greeting: 'Hi' } });
    expect(changed.data.updateTracker.tracker).toMatchObject({
      name: 'Summer ad',
      greeting: 'Hi',
      version: 2,
    });
    const stale = await run(UPDATE, { input: { trackerId, name: 'x', expectedVersion: 1 } });
    expect(stale.data.updateTracker).toEqual({
      tracker: null,
      userErrors: [{ code: 'VERSION_CONFLICT', field: ['expectedVersion'], currentVersion: 2 }],
    });
    const cleared = await run(UPDATE, { input: { trackerId, name: null, recording: null } });
    expect(cleared.data.updateTracker.userErrors).toEqual([
      { code: 'INVALID_INPUT', field: ['name'] },
      { code: 'INVALID_INPUT', field: ['recording'] },
    ]);
    const off = await run(
      `mutation($input: DisableTrackerInput!) {
        disableTracker(input: $input) { tracker { status disabledAt } userErrors { code } } }`,
      { input: { trackerId } },
    );
    expect(off.data.disableTracker.tracker).toEqual({
      status: 'DISABLED',
      disabledAt: depot.clock.now('').toISOString(),
    });
  });

  it('answer refusals as userErrors and missing rights as an error', async () => {
    const { run, input, viewer } = await customer();
    const refused = await run(CREATE, { input: input({ destination: '911' }) });
    expect(refused.data.createTracker).toEqual({
      tracker: null,
      userErrors: [{ code: 'EMERGENCY_CALL', field: ['destination'], message: expect.any(String) }],
    });
    const reader = { ...viewer, scopes: ['numbers:read' as const] };
    const forbidden = await run(CREATE, { input: input() }, reader);
    expect(forbidden.errors?.[0].extensions.code).toBe('FORBIDDEN');
  });
});

describe('lists', () => {
  it('page trackers by name and by time, filtered, with a few queries however many rows', async () => {
    const { run, input, companyId } = await customer();
    for (const name of ['b', 'a', 'c']) {
      depot.clock.advance(1_000);
      const made = await run(CREATE, { input: input({ name }) });
      expect(made.data.createTracker.userErrors).toEqual([]);
    }
    const list = `${TRACKER} query($after: Cursor, $order: TrackerOrder, $filter: TrackerFilter) {
      trackers(first: 2, after: $after, order: $order, filter: $filter) {
        totalCount pageInfo { hasNextPage endCursor } nodes { ...T } } }`;
    const names = (page: { nodes: { name: string }[] }) => page.nodes.map(({ name }) => name);

    const { pool } = depot.db;
    const query = pool.query.bind(pool);
    let queries = 0;
    pool.query = ((...args: Parameters<typeof query>) => {
      // the event log polls through the same pool
      if (/\b(tracker|phone_number|source|company)\b/.test(textOf(args[0]))) queries += 1;
      return query(...args);
    }) as typeof pool.query;
    const first = await run(list);
    pool.query = query;
    expect(first.errors).toBeUndefined();
    expect(queries).toBeGreaterThan(0);
    expect(queries).toBeLessThanOrEqual(7);

    expect(names(first.data.trackers)).toEqual(['a', 'b']);
    expect(first.data.trackers).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: true } });
    const second = await run(list, { after: first.data.trackers.pageInfo.endCursor });
    expect(names(second.data.trackers)).toEqual(['c']);
    const order = { field: 'CREATED_AT', direction: 'DESC' };
    expect(names((await run(list, { order })).data.trackers)).toEqual(['c', 'a']);
    const filter = { name: 'B', companyIds: [encodeGlobalId('Company', companyId)] };
    expect(names((await run(list, { filter })).data.trackers)).toEqual(['b']);
    const none = await run(list, { filter: { status: 'DISABLED' } });
    expect(names(none.data.trackers)).toEqual([]);
  });

  it('page phone numbers and keep other companies and accounts out, nodes included', async () => {
    const { run, input, viewer, otherCompanyId } = await customer();
    const { tracker } = (await run(CREATE, { input: input() })).data.createTracker;
    const list = `query($id: ID!, $filter: TrackingNumberFilter) {
      phoneNumbers(filter: $filter) { totalCount nodes { id number status tracker { id } } }
      trackers { totalCount }
      node(id: $id) { ... on Tracker { name } } }`;
    const filter = { trackerIds: [tracker.id], status: 'ORDERING' };
    const own = await run(list, { id: tracker.id, filter });
    expect(own.data.phoneNumbers.nodes).toEqual([
      {
        id: expect.any(String),
        number: tracker.phoneNumbers[0].number,
        status: 'ORDERING',
        tracker: { id: tracker.id },
      },
    ]);
    expect(own.data.node).toEqual({ name: 'Spring ad' });
    const stranger = (await depot.settle()).viewer;
    const kept = { ...viewer, companyIds: [otherCompanyId] };
    for (const other of [stranger, kept]) {
      expect((await run(list, { id: tracker.id }, other)).data).toEqual({
        phoneNumbers: { totalCount: 0, nodes: [] },
        trackers: { totalCount: 0 },
        node: null,
      });
    }
    const bad = await run(list, { id: tracker.id, filter: { companyIds: [tracker.id] } });
    expect(bad.errors?.[0].extensions).toMatchObject({ code: 'BAD_INPUT' });
  });

  it('offer numbers', async () => {
    const { run } = await customer();
    const offer = await run(
      `{ availablePhoneNumbers(areaCode: "617") { phoneNumber locality region } }`,
    );
    expect(offer.data.availablePhoneNumbers).toContainEqual({
      phoneNumber: expect.stringMatching(/^\+161755501\d\d$/),
      locality: 'Boston',
      region: 'MA',
    });
    const bad = await run(`{ availablePhoneNumbers(areaCode: "6") { phoneNumber } }`);
    expect(bad.errors?.[0].message).toBe('areaCode takes three digits: 415.');
  });
});

describe('the event number.status_changed', () => {
  it('names the number, its tracker and the status that it got', async () => {
    const { run, input, accountId, viewer } = await customer();
    const stop = new AbortController();
    const live = depot.events.follow({ accountId, filter: {}, signal: stop.signal });
    const wanted = input();
    await run(CREATE, { input: wanted });
    await live.next();
    stop.abort();
    const list = `{ events { nodes { __typename type subjectVersion ... on NumberEvent {
      status phoneNumber { number } tracker { name } } } } }`;
    const told = {
      __typename: 'NumberEvent',
      type: 'NUMBER_STATUS_CHANGED',
      subjectVersion: 1,
      status: 'ORDERING',
      phoneNumber: { number: wanted.number.phoneNumber },
      tracker: { name: 'Spring ad' },
    };
    const own = await run(list);
    expect(own.errors).toBeUndefined();
    expect(own.data.events.nodes).toEqual([told]);
    const stranger = (await depot.settle()).viewer;
    expect((await run(list, {}, stranger)).data.events.nodes).toEqual([]);
    const caller = { ...viewer, scopes: ['calls:read' as const] };
    expect((await run(list, {}, caller)).data.events.nodes).toEqual([]);
  });
});

function textOf(query: unknown): string {
  return typeof query === 'string' ? query : String((query as { text?: string }).text);
}
