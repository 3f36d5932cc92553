// The webhook of a partner: a real server, a real call, and a receiver that believes nothing it has not verified. What
// it is told is what a subscription tells, event for event.
import { expect, it } from 'vitest';
import { openTown } from '#tests/support/town.ts';
import type { Data } from '../../demo/api.ts';
import { partner } from './verifying-partner.ts';

const town = await openTown({ env: { WEBHOOK_ALLOW_HOSTS: '127.0.0.1' } });
const SELECTION = '{ id type occurredAt ... on CallEvent { call { id from } } }';
const CREATE = `mutation($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) {
  secret webhookEndpoint { id } userErrors { code field message } } }`;

const CALL_TYPES = ['CALL_RINGING', 'CALL_ANSWERED', 'CALL_ENDED'];

it('tells a partner of a call what a subscription tells, verified, once each', async () => {
  const secrets: string[] = [];
  const receiver = await partner(secrets);
  const { createWebhookEndpoint: made } = await town.ask(CREATE, {
    input: { url: receiver.url, eventTypes: CALL_TYPES, query: SELECTION },
  });
  secrets.push(made.secret);
  const tracker = await town.tracker();
  const caller = town.caller();
  town.business(tracker).is('answer');
  caller.dials(tracker, { say: [] });
  await town.endedCall(caller.from);
  const { events } = await town.ask(
    `query($types: [EventType!]) { events(filter: { types: $types }) { nodes ${SELECTION} } }`,
    { types: CALL_TYPES },
  );
  await town.until('every event is delivered', () => receiver.heard.length >= events.nodes.length);
  const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
  expect(receiver.heard.map(({ body }) => body.data).sort(byId)).toEqual(events.nodes.sort(byId));
  expect(receiver.heard.map(({ body }) => body.type)).toContain('call.ended');
  for (const { id, body } of receiver.heard) expect(body.data.id).toBe(id);
  await town.until('all are in the log', async () => {
    const { webhookDeliveries } = await town.ask(
      'query($id: ID!) { webhookDeliveries(filter: { webhookEndpointId: $id, state: DELIVERED }) { totalCount } }',
      { id: made.webhookEndpoint.id },
    );
    return webhookDeliveries.totalCount === events.nodes.length;
  });
});

it('comes again after a failure, and once more when it is asked for', {
  timeout: 60_000,
}, async () => {
  const secrets: string[] = [];
  const receiver = await partner(secrets, 1);
  const { createWebhookEndpoint: made } = await town.ask(CREATE, {
    input: { url: receiver.url, eventTypes: ['NUMBER_STATUS_CHANGED'] },
  });
  secrets.push(made.secret);
  await town.tracker();
  const log = `query($id: ID!) { webhookDeliveries(filter: { webhookEndpointId: $id }) { nodes {
    id state failure attempts { status failure } } } }`;
  const read = async () => {
    const { webhookDeliveries } = await town.ask(log, { id: made.webhookEndpoint.id });
    return webhookDeliveries.nodes as Data[];
  };
  // the second attempt is due after five seconds
  await town.until('the failed one was delivered too', async () =>
    (await read()).every(({ state }) => state === 'DELIVERED'),
  );
  const tried = await read();
  expect(tried.flatMap(({ attempts }) => attempts.map((one: Data) => one.status)).sort()).toEqual([
    204, 204, 500,
  ]);
  await town.ask(
    'mutation($input: ReplayWebhookDeliveriesInput!) { replayWebhookDeliveries(input: $input) { count userErrors { code } } }',
    { input: { deliveryIds: [tried[0]?.id] } },
  );
  await town.until('it came once more', () => receiver.heard.length === 4);
  expect(new Set(receiver.heard.map(({ id }) => id)).size).toBe(2);
});

it('shows a test within moments, and refuses a receiver inside the operator’s network', async () => {
  const secrets: string[] = [];
  const receiver = await partner(secrets);
  const inside = receiver.url.replace('127.0.0.1', '10.1.2.3');
  const refused = await town.answer(CREATE, { input: { url: inside, eventTypes: CALL_TYPES } });
  expect(refused.data.createWebhookEndpoint.userErrors).toMatchObject([
    { code: 'INVALID_INPUT', field: ['url'] },
  ]);
  const { createWebhookEndpoint: made } = await town.ask(CREATE, {
    input: { url: receiver.url, eventTypes: CALL_TYPES },
  });
  secrets.push(made.secret);
  const { testWebhookEndpoint: sent } = await town.ask(
    'mutation($input: TestWebhookEndpointInput!) { testWebhookEndpoint(input: $input) { webhookDelivery { id } userErrors { code } } }',
    { input: { webhookEndpointId: made.webhookEndpoint.id } },
  );
  await town.until('the test is told of', async () => {
    const { node } = await town.ask(
      'query($id: ID!) { node(id: $id) { ... on WebhookDelivery { state } } }',
      { id: sent.webhookDelivery.id },
    );
    return node.state === 'DELIVERED';
  });
  expect(receiver.heard.map(({ body }) => body)).toMatchObject([
    { type: 'webhook.test', data: { webhookEndpointId: made.webhookEndpoint.id } },
  ]);
});
