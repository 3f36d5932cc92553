// Texts that people send: kept once and told of, one conversation a customer, whatever order their webhooks come in.
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { attributeInteractionHandler } from '#domains/attribution/index.ts';
import { textBesideIds } from '#tests/support/text-beside-ids.ts';
import { decodeGlobalId, encodeGlobalId } from '#values/global-id.ts';
import { ADA, openTextsDesk } from './texts-desk.ts';

const desk = await openTextsDesk();
const MINUTE = 60_000;

describe('a text', () => {
  it('begins a conversation with its lead and source, and is told of without a word of it', async () => {
    const { texts, conversations, told, trackers } = await desk.settle();
    await texts('Is my door ready?');
    const [row, ...others] = await conversations();
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      ...{ customerNumber: ADA, startedBy: 'INBOUND', phoneNumber: trackers[0]?.number },
      ...{ state: 'ACTIVE', version: 1, source: { name: 'Ad 1' }, leadStatus: 'NOT_SCORED' },
      ...{ lead: { phoneNumbers: [ADA] }, consentState: 'IMPLIED', assignee: null },
      messages: {
        totalCount: 1,
        nodes: [
          {
            ...{ direction: 'INBOUND', kind: 'PERSONAL', state: 'RECEIVED', failure: null },
            ...{ text: 'Is my door ready?', from: ADA, to: trackers[0]?.number, media: [] },
          },
        ],
      },
    });
    const [event, ...more] = await told('message');
    expect(more).toEqual([]);
    expect(event).toMatchObject({
      type: 'message.received',
      subjectVersion: 1,
      payload: { isFirst: true, suggestsOptOut: false },
    });
    expect(textBesideIds(event)).not.toMatch(/door|555/);
  });

  it('is somebody’s to answer, while it may be answered', async () => {
    const { texts, conversations, accountId, viewer } = await desk.settle();
    await texts('Is my door ready?');
    const [{ id }] = await conversations();
    const { userId } = await desk.db.prisma.agent.findFirstOrThrow({ where: { accountId } });
    const assigneeId = encodeGlobalId('User', userId);
    await desk.change(viewer, 'assignInteractions', { interactionIds: [id], assigneeId }, '');
    desk.clock.advance(24 * 60 * MINUTE);
    expect((await conversations())[0]).toMatchObject({
      assignee: { id: assigneeId },
      consentState: 'EXPIRED',
    });
    await texts('STOP');
    expect((await conversations())[0].consentState).toBe('OPTED_OUT');
  });

  it('that is told of twice, and at the same time, is stored once', async () => {
    const { texts, conversations, told } = await desk.settle();
    const id = randomUUID();
    const webhooks = await Promise.all([1, 2, 3].map(() => texts('Hello', { id, later: true })));
    await Promise.all(webhooks.map(({ take }) => take()));
    await texts('Hello', { id });
    const [row] = await conversations();
    expect(row.messages.totalCount).toBe(1);
    expect((await told('message')).map(({ type }) => type)).toEqual(['message.received']);
  });

  it('of a new customer that comes twenty times at once makes one conversation and one lead', async () => {
    const { texts, conversations, told } = await desk.settle();
    await Promise.all(Array.from({ length: 20 }, (_, n) => texts(`Text ${n}`)));
    const rows = await conversations();
    expect(rows).toHaveLength(1);
    expect(rows[0].messages.totalCount).toBe(20);
    expect(await told('lead')).toHaveLength(1);
    const versions = (await told('message')).map(({ subjectVersion }) => subjectVersion);
    expect(versions).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
  });
});

it('the number texted last answers, and a late webhook of an older text does not move it back', async () => {
  const { accountId, texts, conversations, trackers } = await desk.settle();
  const [one, two] = trackers;
  const now = desk.clock.now(accountId);
  await texts('First', { to: one?.number ?? '', at: new Date(now.getTime() - 3 * MINUTE) });
  await texts('Third', { to: two?.number ?? '', at: now });
  await texts('Second', { to: one?.number ?? '', at: new Date(now.getTime() - MINUTE) });
  const [row] = await conversations();
  expect(row).toMatchObject({
    phoneNumber: two?.number,
    lastMessageAt: now.toISOString(),
    lastInboundAt: now.toISOString(),
    // where they came from stays
    source: { name: 'Ad 1' },
  });
  const order = row.messages.nodes.map(({ text }: { text: string }) => text);
  expect(order).toEqual(['Third', 'Second', 'First']);
});

it('a conversation that was seen to waits again once they write', async () => {
  const { accountId, texts, conversations } = await desk.settle();
  await texts('Hello');
  await desk.db.prisma.interaction.updateMany({
    where: { accountId },
    data: { inboxState: 'REVIEWED' },
  });
  expect((await conversations())[0].state).toBe('REVIEWED');
  await texts('And another thing');
  expect((await conversations())[0].state).toBe('ACTIVE');
});

it('a time after our receipt counts as our receipt', async () => {
  const { accountId, texts, conversations } = await desk.settle();
  const now = desk.clock.now(accountId);
  await texts('From the future', { at: new Date(now.getTime() + 60 * MINUTE) });
  expect((await conversations())[0].lastInboundAt).toBe(now.toISOString());
});

it('STOP is in the ledger by the commit that stores it', async () => {
  const { accountId, companyId, texts, told } = await desk.settle();
  await texts('Stop!', { autoresponse: 'STOP' });
  const where = { accountId, companyId, number: ADA };
  const consent = await desk.db.prisma.consent.findFirstOrThrow({ where });
  expect(consent.optedOutAt).toEqual(desk.clock.now(accountId));
  const of = (await told('message')).concat(await told('consent'));
  expect(of.map(({ type }) => type)).toEqual(['message.received', 'consent.changed']);
});

it('a wish in free words is told of with the text', async () => {
  const { texts, told } = await desk.settle();
  await texts('please do not text me any more');
  expect((await told('message'))[0]?.payload).toMatchObject({ suggestsOptOut: true });
});

it('a short code is no lead, and a number that is not ours is only logged', async () => {
  const { texts, conversations } = await desk.settle();
  await texts('Your code is 1234', { from: '22395' });
  await texts('Who are you?', { to: '+14165550199' });
  const rows = await conversations();
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({ customerNumber: '22395', lead: null });
});

it('is judged by the number that was texted, and put in words of texts', async () => {
  const { accountId, viewer, texts, conversations } = await desk.settle();
  await texts('Hello');
  const [{ id }] = await conversations();
  const interactionId = decodeGlobalId(id)?.id ?? '';
  const { run } = attributeInteractionHandler(desk.platform as never);
  expect(await run({ accountId, interactionId }, {} as never)).toBe('TRACKER');
  const { node } = await desk.ask(
    viewer,
    `query($id: ID!) { node(id: $id) { ... on Conversation { attribution { basis explanation } } } }`,
    { id },
  );
  expect(node.attribution).toEqual({
    basis: 'TRACKER',
    explanation:
      'The number that was texted stands in one place only, so the conversation comes from there.',
  });
});

it('is changed as other interactions are, and tells of it', async () => {
  const { viewer, texts, conversations, told } = await desk.settle();
  await texts('Hello');
  const [{ id: conversationId }] = await conversations();
  const input = { conversationId, note: 'Calls back', leadStatus: 'GOOD_LEAD', tags: ['door'] };
  const fields = 'conversation { note leadStatus tags { name } version lead { status } }';
  const answer = await desk.change(viewer, 'updateConversation', input, fields);
  expect(answer).toEqual({
    conversation: {
      ...{ note: 'Calls back', leadStatus: 'GOOD_LEAD', tags: [{ name: 'door' }], version: 2 },
      lead: { status: 'GOOD_LEAD' },
    },
    userErrors: [],
  });
  const [event] = await told('conversation');
  expect(event).toMatchObject({
    subjectVersion: 2,
    payload: { changes: ['note', 'leadStatus', 'tags'] },
  });
});

it('is masked without the scope PERSONAL_READ, and not there without MESSAGES_READ', async () => {
  const { viewer, texts, conversations } = await desk.settle();
  await texts('Hello');
  const narrow = { ...viewer, scopes: ['messages:read' as const] };
  const [row] = await conversations({}, narrow);
  expect(row).toMatchObject({ customerNumber: '+1••••••••55', source: { name: 'Ad 1' } });
  expect(row.messages.nodes[0]).toMatchObject({ text: '•••', from: '+1••••••••55' });
  await expect(conversations({}, { ...viewer, scopes: ['calls:read'] })).rejects.toThrow(
    'MESSAGES_READ',
  );
  // a list of numbers would tell which of them are customers
  await expect(conversations({ customerNumbers: [ADA] }, narrow)).rejects.toThrow('PERSONAL_READ');
});
