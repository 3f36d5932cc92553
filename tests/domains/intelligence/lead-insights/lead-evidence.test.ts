// From what is told of a lead to where it was said or written: the call with the moment, the texts, the chat, and whose words
// they are; for those who may read these.
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { countingRows } from '#tests/support/rows-read.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import type { Viewer } from '#values/viewer.ts';
import { NOTHING, openLeadDesk } from './lead-desk.ts';

const desk = await openLeadDesk();
const { prisma } = desk.db;
const ITEMS = `query($id: ID!) { node(id: $id) { ... on Lead { insights { items {
  text quote startMs speaker segmentId call { id } conversation { id messages(first: 9) { nodes { text } } }
  chat { id visitor { name } } formSubmission { id } } } } } }`;
const OF_CALL = `query($id: ID!) { node(id: $id) { ... on Call { transcript { segments {
  id speaker startMs words { text startMs } } } } } }`;
const SINK = 'leak under my kitchen sink';
const FRIDAY = 'can we make it Friday instead?';
const GARAGE = 'We repair garage doors as well.';

async function settleHistory() {
  const people = await desk.settleLead();
  const { accountId, companyId, leadId, calls, texts, run } = people;
  /** A chat that they begin. */
  const chats = async (...said: string[]) => {
    desk.clock.advance(60_000);
    const id = randomUUID();
    const at = desk.clock.now(accountId);
    await prisma.interaction.create({
      data: { accountId, id, companyId, leadId, kind: 'CHAT', occurredAt: at },
    });
    await prisma.chat.create({
      data: {
        ...{ accountId, id, companyId, state: 'OPEN', pageUrl: 'https://a.example/' },
        ...{ visitorName: 'Ada', lastMessageAt: at, lastSeq: said.length },
      },
    });
    await prisma.chatMessage.createMany({
      data: said.map((text, n) => ({
        ...{ accountId, id: randomUUID(), chatId: id, seq: n + 1, text, sentAt: at },
        author: n % 2 === 0 ? ('VISITOR' as const) : ('AGENT' as const),
      })),
    });
    return id;
  };
  const one = {
    call: await calls(),
    conversationId: await texts(`Hello, ${FRIDAY}`, 'Of course.'),
    chatId: await chats('Do you do garages, too?', GARAGE),
  };
  /** Has the model tell of these quotes, each in the first turn that holds it. */
  const drawn = async (...quotes: string[]) => {
    people.says(({ data }) => {
      const summary = quotes.map((quote) => {
        const turn = data.split('\n').find((line) => line.includes(quote)) ?? '';
        return { text: 'It is told.', quote, n: Number(/^<(\d+)>/.exec(turn)?.[1]) };
      });
      return { json: { ...NOTHING, summary } };
    });
    expect(await people.draw()).toBe('drawn');
  };
  const id = encodeGlobalId('Lead', leadId);
  const items = async (as?: Viewer, platform: object = desk) =>
    (await run(ITEMS, { id }, as, platform)).data.node.insights[0].items;
  return { ...people, ...one, chats, drawn, items };
}

it('an item leads to where it was said or written, when and by whom', async () => {
  const { call, conversationId, chatId, drawn, items, run } = await settleHistory();
  await drawn(SINK, FRIDAY, GARAGE);
  const callId = encodeGlobalId('Call', call.callId);
  const { segments } = (await run(OF_CALL, { id: callId })).data.node.transcript;
  const [, asked] = segments;
  const leak = asked.words.find(({ text }: { text: string }) => text === 'leak');
  expect(leak.startMs).toBeGreaterThan(asked.startMs);
  const none = { startMs: null, segmentId: null, call: null, conversation: null, chat: null };
  expect(await items()).toMatchObject([
    {
      ...{ ...none, quote: SINK, speaker: 'CALLER' },
      ...{ call: { id: callId }, segmentId: asked.id, startMs: leak.startMs },
    },
    {
      ...{ ...none, quote: FRIDAY, speaker: 'CALLER' },
      conversation: {
        id: encodeGlobalId('Conversation', conversationId),
        messages: { nodes: expect.arrayContaining([{ text: `Hello, ${FRIDAY}` }]) },
      },
    },
    {
      ...{ ...none, quote: GARAGE, speaker: 'AGENT' },
      chat: { id: encodeGlobalId('ChatConversation', chatId), visitor: { name: 'Ada' } },
    },
  ]);
});

it('who may not read a channel is shown neither its words nor the way to them', async () => {
  const { drawn, items, reads } = await settleHistory();
  await drawn(SINK, FRIDAY, GARAGE);
  const scopes = ['leads:read', 'transcripts:read'];
  const seen = async (...more: string[]) =>
    (await items(reads(...scopes, ...more))).map((item: Record<string, unknown>) =>
      ['call', 'conversation', 'chat'].filter((field) => item[field]),
    );
  expect(await seen('calls:read')).toEqual([['call']]);
  expect(await seen('calls:read', 'messages:read')).toEqual([['call'], ['conversation']]);
  expect(await seen('chats:read')).toEqual([['chat']]);
});

it('an item does not point at other words that an edit has put there', async () => {
  const { call, accountId, drawn, items } = await settleHistory();
  await drawn(SINK);
  await prisma.transcriptSegment.updateMany({
    where: { accountId, transcriptId: call.transcriptId, n: 1 },
    data: { text: 'The tap drips.' },
  });
  expect(await items()).toMatchObject([{ startMs: null, speaker: 'CALLER' }]);
});

it('more items on more conversations take no more statements', async () => {
  const { calls, texts, chats, drawn, items } = await settleHistory();
  const counted = async () => {
    const { pool, statements } = countingRows(desk.db.pool);
    const shown = await items(undefined, { ...desk, db: { ...desk.db, pool } });
    return { shown: shown.length, statements: statements() };
  };
  await drawn(SINK, FRIDAY, GARAGE);
  const few = await counted();
  await calls(['C: My porch needs paint before the winter comes.', 'A: We can do that for you.']);
  await texts('My fence is broken as well.', 'We will see to it.');
  await chats('And a gutter hangs down.', 'We will see to that as well.');
  await drawn(SINK, FRIDAY, GARAGE, 'My porch needs paint', 'My fence is broken');
  const many = await counted();
  expect([few.shown, many.shown]).toEqual([3, 5]);
  expect(few.statements).toBeGreaterThan(0);
  expect(many.statements).toBe(few.statements);
});
