// For which text or chat message a rule fired: told by its run, by the verdict and by the event, and none where there is none.
import { expect, it } from 'vitest';
import { ruleFired } from '#domains/automation/events.ts';
import type { Data } from '../../../demo/api.ts';
import { openMessagesDesk } from './messages-desk.ts';

const desk = await openMessagesDesk();
const { prisma } = desk.db;
const ASKED = `query($id: ID!) {
  node(id: $id) { ... on Interaction { ruleRuns { messageId } } }
  explainRules(interactionId: $id) { outcome messageId } }`;
const MESSAGE = `query($id: ID!) { node(id: $id) { id ... on Message { text } ... on ChatMessage { text } } }`;
const conditions = [{ about: 'TEXT', values: ['emergency'] }];

/** The messages that the events of rules name, the oldest first. */
const namesOf = (events: { type: string; payload: unknown }[]) =>
  events.flatMap(({ type, payload }) =>
    type === 'rule.fired' ? [(payload as Data).messageId] : [],
  );

it('a text: each run names its own, and the verdict the one that was judged', async () => {
  const settled = await desk.settle();
  const { rule, texts, judge, run, told, conversation, conversationId, accountId } = settled;
  await rule({ triggers: ['MESSAGE_RECEIVED'], conditions });
  for (const text of ['An emergency!', 'Emergency again', 'Thank you.']) {
    await judge(await texts(text));
  }
  const { node, explainRules } = (await run(ASKED, { id: conversation })).data;
  const wrote = async (id: string) => (await run(MESSAGE, { id })).data.node.text;
  const ids: string[] = node.ruleRuns.map(({ messageId }: Data) => messageId);
  expect(await Promise.all(ids.map(wrote))).toEqual(['Emergency again', 'An emergency!']);
  expect(explainRules).toEqual([{ outcome: 'NOT_MET', messageId: expect.any(String) }]);
  expect(await wrote(explainRules[0].messageId)).toBe('Thank you.');
  const rows = await prisma.message.findMany({ where: { accountId }, orderBy: { at: 'asc' } });
  const [first, second] = rows.map(({ id }) => id);
  expect(namesOf(await told(`conversation:${conversationId}`))).toEqual([first, second]);
});

it('a message in a chat', async () => {
  const { rule, writes, judge, run, told, chat, chatId } = await desk.settle();
  await rule({ triggers: ['CHAT_MESSAGE_RECEIVED'], conditions });
  await judge(await writes('Emergency'));
  const [{ messageId }] = (await run(ASKED, { id: chat })).data.node.ruleRuns;
  expect((await run(MESSAGE, { id: messageId })).data.node).toEqual({
    ...{ id: messageId, text: 'Emergency' },
  });
  const { id } = await prisma.chatMessage.findFirstOrThrow({ where: { chatId } });
  expect(namesOf(await told(`chat:${chatId}`))).toEqual([id]);
});

it('none of a call, nor of events from before it was told', async () => {
  const { rule, endsCall, judge, run, told } = await desk.settle();
  await rule({});
  const { id, callId, eventId } = await endsCall();
  await judge(eventId);
  expect((await run(ASKED, { id })).data).toEqual({
    node: { ruleRuns: [{ messageId: null }] },
    explainRules: [{ outcome: 'FIRED', messageId: null }],
  });
  const events = await told(`call:${callId}`);
  expect(namesOf(events)).toEqual([undefined]);
  const { payload } = events.find(({ type }) => type === 'rule.fired') ?? {};
  expect(ruleFired.payload.parse(payload)).toEqual(payload);
});
