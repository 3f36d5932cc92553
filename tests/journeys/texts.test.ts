// Texts from end to end, over the sandbox carrier and its webhooks: a question, an answer, a picture, STOP, and what may be
// sent after it.
import { expect, it } from 'vitest';
import { peopleOf } from '#tests/support/people.ts';
import { registerSender } from '#tests/support/register-sender.ts';
import { openTown } from '#tests/support/town.ts';
import { openApi } from '../../demo/api.ts';

const town = await openTown();
const ADA = '+13125550155';
const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

const CONVERSATION = `{ conversations(first: 1) { nodes { id customerNumber startedBy phoneNumber
  source { name } lead { phoneNumbers } consent { state } agent { id } attribution { basis }
  messages(first: 20) { nodes { direction kind state text segments failure media { state contentType url } } } } } }`;

const textOf = ({ text }: { text: string }) => text;
const newest = async () => (await town.ask(CONVERSATION)).conversations.nodes[0];
const send = async (input: object) => {
  const { data } = await town.answer(
    `mutation($input: SendMessageInput!) { sendMessage(input: $input) {
       message { id state } userErrors { code message field } } }`,
    { input },
  );
  return data.sendMessage;
};

it('a question is answered, and nothing is sent any more after STOP', async () => {
  const tracker = await town.tracker();
  const said = (text: string, more: object = {}) =>
    town.sandbox.text({ from: ADA, to: tracker.number, text, ...more });
  await town.until('the number takes texts', async () => {
    const { phoneNumbers } = await town.ask(
      '{ phoneNumbers(first: 1) { nodes { messagingStatus } } }',
    );
    return phoneNumbers.nodes[0].messagingStatus === 'RECEIVES_ONLY';
  });
  said('Is my door ready?', { media: [{ base64: PNG, contentType: 'text/html' }] });
  const conversation = await town.until('the picture is here', async () => {
    const row = await newest();
    return row?.messages.nodes[0].media[0].state === 'READY' && row.attribution && row;
  });
  expect(conversation).toMatchObject({
    ...{ customerNumber: ADA, startedBy: 'INBOUND', phoneNumber: tracker.number },
    ...{
      source: { name: 'Google Ads' },
      lead: { phoneNumbers: [ADA] },
      consent: { state: 'IMPLIED' },
    },
    ...{ attribution: { basis: 'TRACKER' } },
  });
  const picture = await fetch(conversation.messages.nodes[0].media[0].url);
  expect(picture.headers.get('content-type')).toBe('image/png');
  expect(Buffer.from(await picture.arrayBuffer()).toString('base64')).toBe(PNG);

  const live: string[] = [];
  const api = openApi(town.server.url, town.key);
  const follow = async () => {
    const source = 'subscription($id: ID!) { conversation(id: $id) { text state } }';
    for await (const one of api.follow(source, { id: conversation.id })) {
      live.push(one.conversation.text);
    }
  };
  void follow().catch(() => {});
  // a subscription answers nothing before its first event: the socket's first round trip stands for it
  await api.ask('{ __typename }');
  const { id: userId } = await peopleOf(town).arrives({ email: 'bo@partner.example' });
  const { addAgent } = await town.ask(
    'mutation($input: AddAgentInput!) { addAgent(input: $input) { agent { id } userErrors { message } } }',
    { input: { userId } },
  );
  const answer = {
    ...{ conversationId: conversation.id, agentId: addAgent.agent.id, text: 'It is. Come by!' },
  };
  expect((await send(answer)).userErrors).toMatchObject([{ code: 'A2P_NOT_REGISTERED' }]);
  await registerSender(town, tracker);
  expect((await send(answer)).userErrors).toEqual([]);
  await town.until('the answer is delivered', async () => {
    return (await newest()).messages.nodes[0].state === 'DELIVERED';
  });
  expect(town.sandbox.texts(ADA)).toMatchObject([
    { text: 'It is. Come by!\nFirst company. Reply STOP to opt out.', from: tracker.number },
  ]);

  const sendAt = new Date(Date.now() + 3_600_000).toISOString();
  expect((await send({ ...answer, text: 'Until later!', sendAt })).userErrors).toEqual([]);
  said('STOP');
  const stopped = await town.until(
    'the opt-out is known, and what waited is called off',
    async () => {
      const row = await newest();
      // a consent and the messages beside it are not read at one moment
      const isCalledOff = row.messages.nodes[0].state === 'FAILED';
      return row.consent.state === 'OPTED_OUT' && isCalledOff && row;
    },
  );
  const states = stopped.messages.nodes.map((one: Record<string, unknown>) => [
    ...[one.direction, one.state, one.failure],
  ]);
  expect(states).toEqual([
    ['OUTBOUND', 'FAILED', 'OPTED_OUT'],
    ['INBOUND', 'RECEIVED', null],
    ['OUTBOUND', 'DELIVERED', null],
    ['INBOUND', 'RECEIVED', null],
  ]);
  expect((await send(answer)).userErrors).toMatchObject([{ code: 'OPTED_OUT' }]);
  await town.until(
    'the refusal is told',
    () => town.seen(({ type }) => type === 'POLICY_REFUSED').length === 2,
  );
  // the confirmation is the carrier's own, and the only one
  await town.until('the carrier has confirmed', () => town.sandbox.texts(ADA).length > 1);
  expect(town.sandbox.texts(ADA)).toMatchObject([{ isCarriers: false }, { isCarriers: true }]);
  said('START');
  await town.until('they are back', async () => (await newest()).consent.state === 'OPTED_IN');
  expect((await send(answer)).userErrors).toEqual([]);
  await town.until(
    'it is delivered again',
    () => town.sandbox.texts(ADA).at(-1)?.text === answer.text,
  );
  const told = town.seen(({ type }) => type.startsWith('MESSAGE_')).map(({ type }) => type);
  expect(told.filter((type) => type === 'MESSAGE_RECEIVED')).toHaveLength(3);

  town.sandbox.recipient(ADA, { outcome: 'failed', code: '40008' });
  expect((await send({ ...answer, text: 'One more thing' })).userErrors).toEqual([]);
  const failed = await town.sees(
    'MESSAGE_FAILED',
    ({ message }) => message?.text === 'One more thing',
  );
  expect(failed.failure).toBe('UNDELIVERED');
  await town.until('the last is heard live', () => live.at(-1) === 'One more thing');
  expect(new Set(live)).toEqual(
    new Set(
      stopped.messages.nodes
        .slice(0, 3)
        .map(textOf)
        .concat(['START', answer.text, 'One more thing']),
    ),
  );
  api.close();
});
