// One text, to every place that tells of it: the API by query and by subscription, the inbox, a mail to whoever wants to be
// told, and a partner's webhook. All of them tell the same message.
import { afterAll, expect, it } from 'vitest';
import { peopleOf } from '#tests/support/people.ts';
import { openTown } from '#tests/support/town.ts';
import { type Data, openApi } from '../../demo/api.ts';
import { partner } from './verifying-partner.ts';

const town = await openTown({ env: { WEBHOOK_ALLOW_HOSTS: '127.0.0.1' } });
const people = peopleOf(town);
const api = openApi(town.server.url, town.key);
afterAll(() => api.close());
const BEA = '+13125550193';
const WORDS = 'Does the blue door come with a key?';
const EVENT = '{ id type ... on MessageEvent { conversation { id } message { id text from to } } }';

it('is told by the API, the inbox, a mail and a signed webhook, and is one and the same', async () => {
  const tracker = await town.tracker();
  await town.until('the number takes texts', async () => {
    const { phoneNumbers } = await town.ask(
      '{ phoneNumbers(first: 1) { nodes { messagingStatus } } }',
    );
    return phoneNumbers.nodes[0].messagingStatus === 'RECEIVES_ONLY';
  });
  const secrets: string[] = [];
  const receiver = await partner(secrets);
  const { createWebhookEndpoint } = await town.ask(
    'mutation($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) { secret userErrors { message } } }',
    { input: { url: receiver.url, eventTypes: ['MESSAGE_RECEIVED'], query: EVENT } },
  );
  secrets.push(createWebhookEndpoint.secret);
  await town.ask(
    'mutation($input: CreateAlertRuleInput!) { createAlertRule(input: $input) { userErrors { message } } }',
    { input: { email: 'desk@doors.example', trackerId: tracker.id, channels: ['TEXT'] } },
  );
  const live: Data[] = [];
  const follow = async () => {
    const source = `subscription { events(filter: { types: [MESSAGE_RECEIVED] }) ${EVENT} }`;
    for await (const { events } of api.follow(source)) live.push(events);
  };
  void follow().catch(() => {});
  // a subscription answers nothing before its first event: the socket's first round trip stands for it
  await api.ask('{ __typename }');

  town.sandbox.text({ from: BEA, to: tracker.number, text: WORDS });

  const event = await town.until('it is told live', () => live[0]);
  const { message, conversation } = event;
  expect(message).toMatchObject({ text: WORDS, from: BEA, to: tracker.number });
  const { node, conversations, inbox, events } = await town.ask(
    `query($message: ID!) {
       node(id: $message) { ... on Message { id text from to direction state } }
       conversations { totalCount nodes { id customerNumber source { name } lead { phoneNumbers } } }
       inbox(filter: { states: [ACTIVE] }) { nodes { id } }
       events(filter: { types: [MESSAGE_RECEIVED] }) { nodes ${EVENT} } }`,
    { message: message.id },
  );
  expect(node).toEqual({ ...message, direction: 'INBOUND', state: 'RECEIVED' });
  expect(conversations).toEqual({
    totalCount: 1,
    nodes: [
      {
        ...{ id: conversation.id, customerNumber: BEA, source: { name: 'Google Ads' } },
        lead: { phoneNumbers: [BEA] },
      },
    ],
  });
  expect(inbox.nodes).toEqual([{ id: conversation.id }]);
  expect(events.nodes).toEqual([event]);

  const [delivery] = await town.until(
    'the partner has it',
    () => receiver.heard[0] && receiver.heard,
  );
  // the partner has verified it, or it would not have been heard
  expect(delivery).toMatchObject({
    id: event.id,
    body: { type: 'message.received', data: event },
  });
  const mail = await people.mail('desk@doors.example');
  expect(mail.subject).toBe('Text: First company');
  for (const word of [BEA, WORDS, 'Google Ads']) expect(mail.text).toContain(word);
  const [, query = ''] = /graphql\?query=(\S+)/.exec(mail.text) ?? [];
  const opened = (await town.ask(decodeURIComponent(query))).node;
  expect(opened).toMatchObject({ id: message.id, text: WORDS, from: BEA, to: tracker.number });

  // each of them told it once
  expect(live).toHaveLength(1);
  expect(receiver.heard).toHaveLength(1);
  expect(await people.mailsTo('desk@doors.example')).toHaveLength(1);
});
