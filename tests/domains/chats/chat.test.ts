// A chat: opened by a visitor's first message and by nothing else, answered from a seat, followed without gaps or doubles.
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { attributeInteractionHandler } from '#domains/attribution/attribute-interaction.ts';
import { decodeGlobalId } from '#values/global-id.ts';
import { openChatsDesk } from './chats-desk.ts';

const desk = await openChatsDesk();
const { change } = desk;

/** where a chat stands in the inbox */
async function inboxOf(chatId: string): Promise<string | undefined> {
  const where = { id: decodeGlobalId(chatId)?.id ?? '' };
  return (await desk.db.prisma.interaction.findFirst({ where }))?.inboxState;
}

describe('a conversation', () => {
  it('is opened, answered, read, ended and taken up again', async () => {
    const { visitor, person, chats } = await desk.settle({ greeting: 'Hello, how can we help?' });
    const ada = visitor();
    expect((await ada.opens('Is my door still under warranty?')).status).toBe(200);
    const heard = await ada.follows();
    await heard.until(({ messages }) => messages.length === 2);
    expect(heard.messages).toMatchObject([
      { seq: 1, author: 'SYSTEM', text: 'Hello, how can we help?' },
      { seq: 2, author: 'VISITOR', text: 'Is my door still under warranty?', name: null },
    ]);

    const [chat] = await chats();
    expect(chat).toMatchObject({ state: 'OPEN', lastSeq: 2, agentReadSeq: 0, lead: null });
    const { as } = await person();
    const where = { chatId: chat.id };
    await change(as, 'setChatTyping', { ...where, isTyping: true }, 'chat { id }');
    await heard.until(({ typing }) => typing.length === 1);
    await change(as, 'markChatRead', { ...where, seq: 2 }, 'chat { agentReadSeq }');
    await heard.until(({ states }) => states.at(-1)?.agentReadSeq === 2);
    const answer = { ...where, text: 'For ten years.', idempotencyKey: randomUUID() };
    const sent = await change(as, 'sendChatMessage', answer, 'message { id seq sentBy { kind } }');
    expect(sent).toMatchObject({ message: { seq: 3, sentBy: { kind: 'USER' } }, userErrors: [] });
    expect(await change(as, 'sendChatMessage', answer, 'message { id }')).toMatchObject({
      message: { id: sent.message.id },
    });
    await heard.until(({ messages }) => messages.length === 3);
    expect(heard.messages[2]).toMatchObject({
      author: 'AGENT',
      name: 'Sam',
      text: 'For ten years.',
    });
    await ada.sends('read', { seq: 3 });

    await change(as, 'endChat', where, 'chat { state }');
    await heard.until(({ states }) => states.at(-1)?.state === 'ENDED');
    expect(await inboxOf(chat.id)).toBe('REVIEWED');
    const late = await change(
      as,
      'sendChatMessage',
      { ...where, text: 'Still there?' },
      'message { id }',
    );
    expect(late).toMatchObject({ message: null, userErrors: [{ code: 'CHAT_AGENT_INITIATED' }] });
    expect((await ada.writes('Thank you!')).body).toEqual({ seq: 4 });
    await heard.until(({ states }) => states.at(-1)?.state === 'OPEN');
    expect((await chats())[0]).toMatchObject({ state: 'OPEN', lastSeq: 4, endedAt: null });
    expect(await inboxOf(chat.id)).toBe('ACTIVE');
    heard.cut();
  });

  it('loses and doubles nothing, however often it is sent again and cut off', async () => {
    const { visitor, chats } = await desk.settle();
    const ada = visitor();
    const first = randomUUID();
    const opened = await Promise.all([1, 2, 3].map(() => ada.opens('one', first)));
    expect(new Set(opened.map(({ body }) => body.token)).size).toBe(1);
    const heard = await ada.follows();
    const ids = Array.from({ length: 8 }, () => randomUUID());
    const sent = ids.flatMap((id, n) => [1, 2].map(() => ada.writes(`more ${n}`, id)));
    await heard.until(({ messages }) => messages.length > 3);
    heard.cut();
    const reached = heard.messages.at(-1)?.seq ?? 0;
    await Promise.all(sent);
    const resumed = await ada.follows(reached);
    await resumed.until(({ messages }) => messages.at(-1)?.seq === 9);
    resumed.cut();
    const all = [...heard.messages, ...resumed.messages];
    expect(all.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(new Set(all.map(({ id }) => id))).toEqual(new Set([first, ...ids]));
    expect((await chats()).map(({ lastSeq }: { lastSeq: number }) => lastSeq)).toEqual([9]);
  });

  it('belongs to the visit and to who the visitor says to be', async () => {
    const { browser, visitor, chats, accountId } = await desk.settle();
    const page = browser();
    await page.visits({ url: 'https://www.garage.example/?utm_source=news&utm_medium=email' });
    const ada = visitor({ visitor: page.visitor, session: page.session() });
    await ada.opens('Hello');
    const [chat] = await chats();
    expect(chat).toMatchObject({
      source: { medium: 'email' },
      lead: null,
      session: { id: expect.any(String) },
    });
    const { run } = attributeInteractionHandler(desk);
    const interactionId = String(decodeGlobalId(chat.id)?.id);
    const job = (again: boolean) =>
      run({ accountId, interactionId, again }, { signal: AbortSignal.timeout(9_000) } as never);
    expect(await job(false)).toBe('SESSION_KNOWN');
    expect(
      (await ada.sends('tell', { person: { name: 'Ada', email: 'Ada@Example.com' } })).status,
    ).toBe(204);
    expect((await ada.sends('tell', { person: { phone: '(415) 555-0134' } })).status).toBe(204);
    // what comes later is learnt of the same person
    const where = { accountId };
    expect(await desk.db.prisma.lead.count({ where })).toBe(1);
    expect(await desk.db.prisma.leadIdentity.count({ where })).toBe(2);
    expect(await job(true)).toBe('SESSION_KNOWN');
    expect((await chats())[0]).toMatchObject({
      visitor: { name: 'Ada', email: 'ada@example.com', phoneNumber: '+14155550134' },
      lead: { name: 'Ada', emails: ['ada@example.com'] },
      attribution: { basis: 'SESSION_KNOWN', explanation: expect.stringContaining('The chat') },
    });
    const touchpoints = await desk.db.prisma.touchpoint.count({ where: { accountId } });
    expect(touchpoints).toBe(1);
  });

  it('without consent stores no browser', async () => {
    const { visitor, accountId } = await desk.settle();
    await visitor().opens('Hello');
    const row = await desk.db.prisma.chat.findFirstOrThrow({ where: { accountId } });
    expect(row.sessionId).toBeNull();
    expect(await desk.db.prisma.visitor.count({ where: { accountId } })).toBe(0);
  });
});

describe('refused', () => {
  it('is a token that was forged, is of another company, or of nothing', async () => {
    const { visitor } = await desk.settle();
    const other = await desk.settle();
    const [ada, eve] = [visitor(), other.visitor()];
    await ada.opens('Hello');
    await eve.opens('Hello');
    const [chatId = ''] = ada.token().split('.');
    const mac = eve.token().split('.')[1];
    const forged = [eve.token(), `${chatId}.${mac}`, `${chatId}.`, '', `${ada.token()}x`];
    for (const token of forged) {
      for (const [path, body] of [
        ['send', { message: { id: randomUUID(), text: 'x' } }],
        ['read', { seq: 1 }],
        ['typing', { isTyping: true }],
        ['tell', { person: { name: 'Eve' } }],
        ['stream', { after: 0 }],
      ] as const) {
        const { status, body: told } = await ada.sends(path, { ...body, token });
        expect([path, status, told.code]).toEqual([path, 403, 'CHAT_TOKEN_INVALID']);
      }
    }
  });

  it('is a page of a stranger, a chat that is off, and what is too long', async () => {
    const { visitor, chatPost, chats, person } = await desk.settle();
    const ada = visitor();
    const stranger = await chatPost('open', ada.opening('x'), { origin: 'https://evil.example' });
    expect([stranger.status, stranger.headers.get('access-control-allow-origin')]).toEqual([
      403,
      '*',
    ]);
    for (const text of ['', '   ', 'x'.repeat(4_001)]) {
      expect((await ada.opens(text)).body).toMatchObject({ code: 'INVALID_INPUT' });
    }
    expect((await ada.opens('x'.repeat(40_000))).status).toBe(413);
    expect((await ada.opens('x'.repeat(4_000))).status).toBe(200);
    expect((await ada.writes('ж'.repeat(4_000))).status).toBe(200);
    const [{ id: chatId, messages }] = await chats();
    expect(messages.nodes.map(({ text }: { text: string }) => text.length)).toEqual([4_000, 4_000]);
    const { as } = await person();
    const answer = async (length: number) => {
      const input = { chatId, text: 'x'.repeat(length) };
      return (await change(as, 'sendChatMessage', input, 'message { seq }')).userErrors;
    };
    expect(await answer(4_000)).toEqual([]);
    expect(await answer(4_001)).toMatchObject([{ code: 'INVALID_INPUT', field: ['text'] }]);
    const off = await desk.settle({ enabled: false });
    expect((await off.visitor().opens('x')).body).toMatchObject({ code: 'CHAT_OFF' });
    expect((await off.chatPost('face', {})).body).toMatchObject({ state: 'OFF' });
  });

  it('is who has no seat, or one that does not serve the company', async () => {
    const { visitor, chats, person, viewer, companyId, otherCompanyId } = await desk.settle();
    await visitor().opens('Hello');
    const [{ id: chatId }] = await chats();
    const input = { chatId, text: 'Hi' };
    const send = (as: typeof viewer, more = {}) =>
      change(as, 'sendChatMessage', { ...input, ...more }, 'message { seq }');
    expect(await send((await person(false)).as)).toMatchObject({
      userErrors: [{ code: 'LEAD_CENTER_REQUIRED' }],
    });
    expect(await send(viewer)).toMatchObject({
      userErrors: [{ code: 'INVALID_INPUT', field: ['agentId'] }],
    });
    const elsewhere = await person(true, [otherCompanyId]);
    expect(await send(elsewhere.as)).toMatchObject({ userErrors: [{ code: 'NOT_FOUND' }] });
    expect(await send(viewer, { agentId: elsewhere.agentId })).toMatchObject({
      userErrors: [{ code: 'LEAD_CENTER_REQUIRED' }],
    });
    const here = await person(true, [companyId]);
    expect(await send(viewer, { agentId: here.agentId })).toMatchObject({ message: { seq: 2 } });
  });

  it('is a flood', async () => {
    const { visitor } = await desk.settle();
    const ada = visitor();
    await ada.opens('Hello');
    const answers = await Promise.all(Array.from({ length: 31 }, (_, n) => ada.writes(`${n}`)));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.map(({ body }) => body.code)).toEqual(['RATE_LIMITED']);
    const streams = await Promise.all([1, 2, 3, 4, 5].map(() => ada.follows()));
    await expect(ada.follows()).rejects.toThrow('429');
    for (const one of streams) one.cut();
  });
});

it('chats are found by what they are, and changed like any interaction', async () => {
  const { visitor, chats, viewer, otherCompanyId } = await desk.settle();
  await visitor({ person: { phone: '+14155550135' } }).opens('Hello');
  const [{ id: chatId, lead }] = await chats();
  expect(lead.phoneNumbers).toEqual(['+14155550135']);
  const input = { chatId, note: 'Ten years', leadStatus: 'GOOD_LEAD', tags: ['warranty'] };
  const changed = await change(
    viewer,
    'updateChat',
    input,
    'chat { note leadStatus tags { name } }',
  );
  expect(changed.chat).toEqual({
    note: 'Ten years',
    leadStatus: 'GOOD_LEAD',
    tags: [{ name: 'warranty' }],
  });
  const count = async (filter: object) => (await chats(filter)).length;
  expect(
    await count({ tags: ['warranty'], isUnread: true, states: ['OPEN'], leadIds: [lead.id] }),
  ).toBe(1);
  expect(await count({ isUnread: false })).toBe(0);
  const masked = { ...viewer, scopes: viewer.scopes.filter((one) => one !== 'personal:read') };
  expect((await chats({}, masked))[0]).toMatchObject({
    visitor: { phoneNumber: '+1••••••••35' },
    messages: { nodes: [{ text: '•••' }] },
  });
  expect(await chats({}, { ...viewer, companyIds: [otherCompanyId] })).toEqual([]);
});
