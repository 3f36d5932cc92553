// Texts whose webhooks come late, twice, out of order or at the second attempt: each text and each receipt is told once, and
// a STOP holds whatever comes behind it.
import { expect, it } from 'vitest';
import { peopleOf } from '#tests/support/people.ts';
import { registerSender } from '#tests/support/register-sender.ts';
import { openTown } from '#tests/support/town.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import { CALM, STORM } from './storm.ts';

const town = await openTown();
const CONVERSATION = `query($numbers: [PhoneNumber!]) {
  conversations(filter: { customerNumbers: $numbers }, first: 2) { totalCount nodes {
    id consentState messages(first: 20) { totalCount nodes { id direction text state } } } } }`;

const conversationOf = async (number: string) => {
  const { conversations } = await town.ask(CONVERSATION, { numbers: [number] });
  expect(conversations.totalCount).toBeLessThanOrEqual(1);
  return conversations.nodes[0];
};
const send = async (input: object) => {
  const { data, errors } = await town.answer(
    `mutation($input: SendMessageInput!) { sendMessage(input: $input) {
       message { id } userErrors { code } } }`,
    { input },
  );
  if (errors) throw new Error(JSON.stringify(errors));
  return data.sendMessage;
};
const { prisma } = town.server.platform.db;
/** A conversation as it is stored: five are waited for at once, which would use up the key's points. */
const storedOf = (customerNumber: string) =>
  prisma.conversation.findFirst({ where: { customerNumber }, include: { messages: true } });

it('five conversations come out of a storm as on a calm line', { timeout: 120_000 }, async () => {
  const tracker = await town.tracker();
  await registerSender(town, tracker);
  const { id: userId } = await peopleOf(town).arrives({ email: 'bo@partner.example' });
  const { addAgent } = await town.ask(
    'mutation($input: AddAgentInput!) { addAgent(input: $input) { agent { id } } }',
    { input: { userId } },
  );
  const agentId = addAgent.agent.id;
  const play = async (from: string) => {
    const said = (text: string) => town.sandbox.text({ from, to: tracker.number, text });
    said('Is my door ready?');
    const { id } = await town.until('the question is here', () => storedOf(from));
    const conversationId = encodeGlobalId('Conversation', id);
    const answered = await send({ conversationId, agentId, text: 'It is. Come by!' });
    expect(answered.userErrors).toEqual([]);
    await town.until('the answer is delivered', async () =>
      (await storedOf(from))?.messages.some(({ state }) => state === 'DELIVERED'),
    );
    for (const text of ['Thank you', 'On my way', 'STOP', 'Never mind']) said(text);
    await town.until(
      'all of it is here',
      async () => (await storedOf(from))?.messages.length === 6,
    );
  };

  const people = Array.from({ length: 5 }, (_, n) => `+1312555015${n}`);
  town.sandbox.chaos({ profile: STORM });
  await Promise.all(people.map(play));
  await town.until('all was delivered and acted on', async () => {
    if (town.sandbox.deliveries().some((one) => one.status === 'pending')) return false;
    return (await prisma.carrierEvent.count({ where: { state: 'RECEIVED' } })) === 0;
  });
  town.sandbox.chaos({ profile: CALM });
  const delivered = town.sandbox.deliveries();
  expect(delivered.some(({ duplicate }) => duplicate)).toBe(true);
  expect(delivered.some(({ attempts }) => attempts.length > 1)).toBe(true);

  for (const from of people) {
    const { id: conversationId, consentState, messages } = await conversationOf(from);
    expect(consentState).toBe('OPTED_OUT');
    const texts = messages.nodes.map((one: Record<string, string>) => [
      ...[one.direction, one.state, one.text?.split('\n')[0]],
    ]);
    const [came, went] = [
      ['INBOUND', 'RECEIVED'],
      ['OUTBOUND', 'DELIVERED'],
    ];
    expect(texts.toSorted()).toEqual(
      [
        ...['Is my door ready?', 'Thank you', 'On my way', 'STOP', 'Never mind'].map((text) => [
          ...[...came, text],
        ]),
        [...went, 'It is. Come by!'],
      ].toSorted(),
    );
    for (const { id, direction } of messages.nodes) {
      const types = ['MESSAGE_QUEUED', 'MESSAGE_SENT', 'MESSAGE_DELIVERED'];
      const expected = direction === 'INBOUND' ? ['MESSAGE_RECEIVED'] : types;
      const told = await town.until('it is told', () => {
        const seen = town.seen(({ message }) => message?.id === id).map(({ type }) => type);
        return seen.length >= expected.length && seen;
      });
      expect(told).toEqual(expected);
    }
    const { userErrors } = await send({ conversationId, agentId, text: 'One more thing' });
    expect(userErrors).toEqual([{ code: 'OPTED_OUT' }]);
  }
});
