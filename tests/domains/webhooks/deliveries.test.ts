// The delivery log through the schema: listed, tested, replayed, and the event that tells of a pause.
import { describe, expect, it } from 'vitest';
import { encodeGlobalId } from '#values/global-id.ts';
import { customer, DELIVERIES, REPLAY, RESUME, TEST } from './customer.ts';
import { openPostOffice } from './post-office.ts';

const office = await openPostOffice();

describe('deliveries', () => {
  it('are listed with their attempts, filtered and paged', async () => {
    const { run, make, happens } = await customer(office);
    const { webhookEndpoint, receiver } = await make();
    receiver.behaves((response) => response.writeHead(503).end('later'));
    const [first] = await happens(1);
    receiver.behaves(200);
    office.clock.advance(1_000);
    const [second] = await happens(1);
    const all = await run(DELIVERIES);
    expect(all.errors).toBeUndefined();
    expect(all.data.webhookDeliveries.totalCount).toBe(2);
    expect(all.data.webhookDeliveries.nodes).toMatchObject([
      { eventId: second, state: 'DELIVERED', nextAttemptAt: null, failure: null },
      {
        eventId: first,
        eventType: 'LEAD_UPDATED',
        state: 'PENDING',
        failure: 'STATUS',
        deliveredAt: null,
        attemptCount: 1,
        body: receiver.letters[0]?.body,
        webhookEndpoint: { url: receiver.url },
        attempts: [{ number: 1, status: 503, failure: 'STATUS', response: 'later' }],
      },
    ]);
    const page = await run(DELIVERIES, { first: 1 });
    const after = page.data.webhookDeliveries.pageInfo.endCursor;
    const next = await run(DELIVERIES, { first: 1, after });
    expect(next.data.webhookDeliveries.nodes).toMatchObject([{ eventId: first }]);
    const found = async (filter: object) =>
      (await run(DELIVERIES, { filter })).data.webhookDeliveries.nodes.map(
        (node: { eventId: string }) => node.eventId,
      );
    expect(await found({ state: 'PENDING' })).toEqual([first]);
    expect(await found({ webhookEndpointId: webhookEndpoint.id })).toEqual([second, first]);
    expect(await found({ createdFrom: office.clock.now('').toISOString() })).toEqual([second]);
    expect(await found({ callId: encodeGlobalId('Call', crypto.randomUUID()) })).toEqual([]);
  });

  it('show their texts to nobody who may read less than the endpoint is told', async () => {
    const { run, make, happens, keyWith } = await customer(office);
    const { receiver } = await make();
    receiver.behaves((response) => response.end('heard'));
    await happens(1);
    const { viewer: narrow } = await keyWith(['webhooks:read', 'leads:read']);
    const { data } = await run(DELIVERIES, {}, narrow);
    expect(data.webhookDeliveries.nodes).toMatchObject([
      { state: 'DELIVERED', body: null, attempts: [{ status: 200, response: null }] },
    ]);
  });

  it('of a test are sent once, also to a paused endpoint, and tell what came of them', async () => {
    const { run, make, happens, accountId } = await customer(office);
    const { webhookEndpoint, receiver } = await make();
    receiver.behaves(410);
    await happens(2);
    const input = { webhookEndpointId: webhookEndpoint.id };
    const sent = await run(TEST, { input });
    const { id } = sent.data.testWebhookEndpoint.webhookDelivery;
    expect(sent.data.testWebhookEndpoint.webhookDelivery).toMatchObject({
      state: 'PENDING',
      eventType: null,
    });
    await office.deliveries.quiet();
    const read = () =>
      run(
        'query($id: ID!) { node(id: $id) { ... on WebhookDelivery { state failure eventId } } }',
        { id },
      );
    expect((await read()).data.node).toMatchObject({ state: 'FAILED', failure: 'STATUS' });
    receiver.behaves(204);
    await run(TEST, { input });
    await office.deliveries.quiet();
    const letter = receiver.letters.at(-1);
    expect(JSON.parse(letter?.body ?? '')).toEqual({
      type: 'webhook.test',
      timestamp: office.clock.now('').toISOString(),
      data: { webhookEndpointId: webhookEndpoint.id },
    });
    expect(letter?.headers['webhook-id']).toMatch(/^test-/);
    // a test changes nothing of how the endpoint stands
    const row = await office.db.prisma.webhookEndpoint.findFirst({ where: { accountId } });
    expect(row?.state).toBe('PAUSED');
    const resumed = await run(RESUME, { input });
    expect(resumed.data.resumeWebhookEndpoint.webhookEndpoint).toEqual({
      state: 'ACTIVE',
      pauseReason: null,
      version: 3,
    });
    await office.deliveries.quiet();
    expect(receiver.letters).toHaveLength(4);
  });

  it('are sent and replayed once per idempotency key', async () => {
    const { run, make, happens, accountId } = await customer(office);
    const { webhookEndpoint, receiver } = await make();
    await happens(1);
    const send = async (source: string, input: object) => {
      const { data } = await run(source, { input });
      await office.deliveries.quiet();
      return data.testWebhookEndpoint ?? data.replayWebhookDeliveries;
    };
    const test = { webhookEndpointId: webhookEndpoint.id, idempotencyKey: 'test' };
    const first = await send(TEST, test);
    expect(await send(TEST, test)).toEqual({
      ...first,
      webhookDelivery: { ...first.webhookDelivery, state: 'DELIVERED' },
    });
    expect(receiver.letters).toHaveLength(2);

    const deliveryIds = [first.webhookDelivery.id];
    for (const _time of [1, 2]) {
      const replayed = await send(REPLAY, { deliveryIds, idempotencyKey: 'replay' });
      expect(replayed).toEqual({ count: 1, userErrors: [] });
    }
    expect(receiver.letters).toHaveLength(3);
    const range = { webhookEndpointId: webhookEndpoint.id, createdFrom: '2026-01-01T00:00:00Z' };
    office.clock.advance(1);
    for (const _time of [1, 2]) {
      const replayed = await send(REPLAY, { ...range, idempotencyKey: 'range' });
      expect(replayed).toEqual({ count: 2, userErrors: [] });
    }
    const where = { accountId, action: 'replayWebhookDeliveries' };
    expect(await office.db.prisma.auditEntry.count({ where })).toBe(2);
    const other = await send(REPLAY, { ...range, failedOnly: true, idempotencyKey: 'range' });
    expect(other.userErrors).toEqual([
      { code: 'IDEMPOTENCY_KEY_CONFLICT', field: ['idempotencyKey'] },
    ]);
  });

  it('are replayed through the API', async () => {
    const { run, make, happens } = await customer(office);
    const { receiver, webhookEndpoint } = await make();
    await happens(2);
    const { data } = await run(DELIVERIES);
    const deliveryIds = data.webhookDeliveries.nodes.map((node: { id: string }) => node.id);
    const these = await run(REPLAY, { input: { deliveryIds } });
    expect(these.data.replayWebhookDeliveries).toEqual({ count: 2, userErrors: [] });
    await office.deliveries.quiet();
    expect(receiver.letters).toHaveLength(4);
    const createdFrom = '2026-01-01T00:00:00.000Z';
    office.clock.advance(1);
    const range = await run(REPLAY, {
      input: { webhookEndpointId: webhookEndpoint.id, createdFrom },
    });
    expect(range.data.replayWebhookDeliveries).toEqual({ count: 2, userErrors: [] });
  });
});

it('the event WEBHOOK_ENDPOINT_PAUSED names the endpoint and the reason', async () => {
  const { run, make, happens, viewer } = await customer(office);
  const { webhookEndpoint, receiver } = await make();
  receiver.behaves(410);
  await happens(1);
  const query = `{ events(filter: { types: [WEBHOOK_ENDPOINT_PAUSED] }) { nodes {
    __typename type subjectVersion ... on WebhookEvent { pauseReason webhookEndpoint { id state } } } } }`;
  const { data } = await run(query);
  expect(data.events.nodes).toEqual([
    {
      __typename: 'WebhookEvent',
      type: 'WEBHOOK_ENDPOINT_PAUSED',
      subjectVersion: 2,
      pauseReason: 'GONE',
      webhookEndpoint: { id: webhookEndpoint.id, state: 'PAUSED' },
    },
  ]);
  const caller = { ...viewer, scopes: ['calls:read' as const] };
  expect((await run('{ events { nodes { type } } }', {}, caller)).data.events.nodes).toEqual([]);
});
