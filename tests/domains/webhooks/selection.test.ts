// What a body tells: the default selection, an endpoint's own, and what cannot be one.
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { runDeliveries } from '#domains/webhooks/index.ts';
import { resumeWebhookEndpoint } from '#domains/webhooks/resume-endpoint.ts';
import { DEFAULT_SELECTION } from '#domains/webhooks/selection.ts';
import { updateWebhookEndpoint } from '#domains/webhooks/update-endpoint.ts';
import { MAX_SELECTION_COST } from '#graphql/selections.ts';
import { refusalOf } from '#tests/domains/accounts/town.ts';
import { EVENT_TYPES, eventEnumName } from '#values/event-types.ts';
import { openPostOffice, openReceiver } from './post-office.ts';

const office = await openPostOffice();

async function told(query: string | null) {
  const people = await office.settle();
  const receiver = await openReceiver();
  const { endpoint: made } = await people.endpoint(receiver.url, { query });
  const data = () => receiver.letters.map(({ body }) => JSON.parse(body).data);
  return { ...people, receiver, made, data };
}

const COMMON = ['id', 'type', 'occurredAt', 'subjectVersion', 'company'];
/** what payloads say besides ids */
const SAID = {
  ...{ status: 'ACTIVE', reason: 'GONE', changes: [], setIds: [], kind: 'OPT_IN', state: 'DRAFT' },
  ...{ presence: 'AVAILABLE', percent: 80, messages: 8, limit: 10, leased: 8, total: 10, n: 0 },
  code: 'CARRIER_REFUSED',
};

describe('a selection', () => {
  it('makes `data`', async () => {
    const { happens, data } = await told(
      '{ kind: type ... on LeadEvent { lead { ...L } } ... on CallEvent { call { id } } } fragment L on Lead { name status }',
    );
    await happens();
    expect(data()).toEqual([
      { kind: 'LEAD_UPDATED', lead: { name: 'Ada Caller', status: 'NOT_SCORED' } },
    ]);
  });

  it('is the default one when there is none, and can be given back', async () => {
    const { happens, data, made, viewer } = await told('{ id }');
    const change = (query: string | null) =>
      updateWebhookEndpoint(office, viewer, { webhookEndpointId: made.id, query });
    await happens();
    await change(null);
    await happens();
    expect(Object.keys(data()[0])).toEqual(['id']);
    expect(Object.keys(data()[1])).toEqual(
      expect.arrayContaining(['id', 'type', 'occurredAt', 'company', 'lead']),
    );
  });

  it('asks for what is forbidden in vain: null, and the rest is told', async () => {
    const people = await office.settle();
    const receiver = await openReceiver();
    const { viewer } = await people.keyWith(['leads:read', 'webhooks:write']);
    const query = '{ id ... on LeadEvent { lead { qualifiedBy { id } name } } }';
    await people.endpoint(receiver.url, { query }, viewer);
    const [id] = await people.happens();
    const { data } = JSON.parse(receiver.letters[0]?.body ?? '');
    expect(data).toEqual({ id, lead: { qualifiedBy: null, name: expect.any(String) } });
  });

  it('of the default costs no more than it may, and tells something of every type of event', async () => {
    const { viewer, companyId } = await office.settle();
    const document = office.selections.read(DEFAULT_SELECTION);
    for (const type of EVENT_TYPES) {
      const id = `event of ${type}`;
      const event = { id, type, companyId, subjectVersion: 1, occurredAt: office.clock.now('') };
      // every id leads to nothing, as after an erasure
      const payload = new Proxy<Record<string, unknown>>(
        { ...SAID, ...(type === 'agent.presence_changed' && { reason: 'CLAIMED' }) },
        { get: (told, name: string) => (name.endsWith('Id') ? randomUUID() : told[name]) },
      );
      const { data, errors } = await office.selections.run(
        document,
        { ...event, payload, position: { epoch: 1, xid: 1n, seq: 1n } } as never,
        viewer,
      );
      expect(errors, type).toEqual([]);
      expect(data).toMatchObject({
        id,
        type: eventEnumName(type),
        company: { name: 'Garage Doors' },
      });
      const own = Object.keys(data ?? {}).filter((field) => !COMMON.includes(field));
      expect(own, type).not.toEqual([]);
    }
  });

  it.each([
    ['nothing', ''],
    ['an empty selection', '{ }'],
    ['no selection', 'id'],
    ['broken', '{ id '],
    ['an operation', '{ id } query { viewer { role } }'],
    ['another field of the subscription', '{ id } { liveCalls { id } }'],
    ['a way out of the fragment', '{ id } } { events { id }'],
    ['a field that does not exist', '{ secret }'],
    ['a field of another type', '{ call { id } }'],
    ['a variable', '{ company @include(if: $a) { id } }'],
    ['an unused fragment', '{ id } fragment A on Call { id }'],
    ['an endless fragment', '{ ...A } fragment A on Event { ...A }'],
    ['a name that is taken', '{ id } fragment Selected on Event { id }'],
    [
      'too much',
      '{ ... on LeadEvent { lead { interactions(first: 100) { nodes { tags { name } } } } } }',
    ],
    [
      'too deep',
      `{ ... on LeadEvent { lead { ${'interactions(first: 1) { nodes { lead { '.repeat(4)} id ${'} } } '.repeat(4)} } } }`,
    ],
    ['too many aliases', `{ ${Array.from({ length: 31 }, (_, n) => `a${n}: id`).join(' ')} }`],
    ['too many words', `{ ${'id '.repeat(2_001)} }`],
    ['too long', `{ id ${' '.repeat(10_000)} }`],
    ['directives of a client', '{ ... @defer { id } }'],
  ])('is not %s', async (_what, query) => {
    const { endpoint, accountId } = await office.settle();
    expect(await refusalOf(endpoint('http://127.0.0.1:9/', { query }))).toEqual({
      code: 'INVALID_INPUT',
      field: 'query',
    });
    expect(await office.db.prisma.webhookEndpoint.count({ where: { accountId } })).toBe(0);
  });

  it('says what it would cost', async () => {
    const { endpoint } = await office.settle();
    const query =
      '{ ... on LeadEvent { lead { interactions(first: 100) { nodes { tags { name } } } } } }';
    await expect(endpoint('http://127.0.0.1:9/', { query })).rejects.toThrow(
      new RegExp(`would cost \\d+ points; at most ${MAX_SELECTION_COST}`),
    );
  });
});

describe('executions', () => {
  it('are shared by endpoints that want the same with the same rights, and by no others', async () => {
    const people = await office.settle();
    const { keyWith, endpoint, happens, companyId } = people;
    const receiver = await openReceiver();
    const scopes = ['leads:read', 'webhooks:write'] as const;
    const [one, two] = [await keyWith([...scopes]), await keyWith([...scopes])];
    const rich = await keyWith([...scopes, 'personal:read']);
    const query = '{ id ... on LeadEvent { lead { name } } }';
    for (const { viewer } of [one, two, rich]) await endpoint(receiver.url, { query }, viewer);
    await endpoint(receiver.url, { query, companyIds: [companyId] }, one.viewer);
    await endpoint(receiver.url, { query: '{ id }' }, one.viewer);
    const run = office.selections.run;
    let runs = 0;
    office.selections.run = (...given) => {
      runs += 1;
      return run(...given);
    };
    await happens(3).finally(() => {
      office.selections.run = run;
    });
    expect(receiver.letters).toHaveLength(15);
    // (one and two), rich, the one company, the other selection; for each of three events
    expect(runs).toBe(12);
  });

  it('that fail are tried again, and are not held against the receiver', async () => {
    const { happens, deliveries, receiver, made, endpointRow } = await told(null);
    const run = office.selections.run;
    office.selections.run = async () => ({ data: null, errors: [] });
    await happens().finally(() => {
      office.selections.run = run;
    });
    const [delivery] = await deliveries();
    expect(delivery).toMatchObject({ state: 'PENDING', failure: 'RENDERING_FAILED', body: null });
    expect((await endpointRow(made.id)).failingSince).toBeNull();
    office.clock.set(delivery?.dueAt ?? new Date(0));
    await office.deliveries.quiet();
    expect(receiver.letters).toHaveLength(1);
  });

  it('that would make too large a body are given up', async () => {
    const { happens, deliveries, receiver, leadId, accountId } = await told(null);
    await office.db.prisma.lead.update({
      where: { accountId_id: { accountId, id: leadId } },
      data: { name: 'x'.repeat(300_000) },
    });
    await happens();
    expect(receiver.letters).toEqual([]);
    expect(await deliveries()).toMatchObject([{ state: 'FAILED', failure: 'BODY_TOO_LARGE' }]);
  });
});

it('a stored selection that no longer fits is paused at start-up, and resumed once it fits again', async () => {
  const { made, endpointRow, told: events, viewer, happens, receiver } = await told('{ id }');
  const good = await office.settle();
  const { endpoint: other } = await good.endpoint('http://127.0.0.1:9/', { query: '{ type }' });
  await office.db.prisma.webhookEndpoint.updateMany({
    where: { id: made.id },
    data: { query: '{ fieldOfAnEarlierVersion }' },
  });
  const started = await runDeliveries(office);
  await started.stop();
  expect(await endpointRow(made.id)).toMatchObject({
    state: 'PAUSED',
    pauseReason: 'SELECTION_INVALID',
  });
  expect((await good.endpointRow(other.id)).state).toBe('ACTIVE');
  expect(await events('webhook.endpoint_paused')).toHaveLength(1);
  const target = { webhookEndpointId: made.id };
  expect(await refusalOf(resumeWebhookEndpoint(office, viewer, target))).toEqual({
    code: 'INVALID_INPUT',
    field: 'query',
  });
  await happens();
  await updateWebhookEndpoint(office, viewer, { ...target, query: '{ type }' });
  await resumeWebhookEndpoint(office, viewer, target);
  await office.deliveries.quiet();
  expect(receiver.letters.map(({ body }) => JSON.parse(body).data)).toEqual([
    { type: 'LEAD_UPDATED' },
  ]);
});
