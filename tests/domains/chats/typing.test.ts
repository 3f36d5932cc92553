// Who is writing in a chat: heard by agents while it lasts, and kept nowhere.
import { type ExecutionResult, parse, subscribe } from 'graphql';
import { expect, it } from 'vitest';
import { schema } from '#schema';
import { openChatsDesk } from './chats-desk.ts';

const desk = await openChatsDesk();
const TYPING = parse(
  'subscription($chatId: ID!) { chatTyping(chatId: $chatId) { author isTyping } }',
);

it('tells agents that the visitor is writing, and keeps nothing of it', async () => {
  const { visitor, chats, viewer, accountId, otherCompanyId } = await desk.settle();
  const ada = visitor();
  await ada.opens('Hello');
  const [{ id: chatId }] = await chats();
  const follows = (as: typeof viewer) =>
    subscribe({
      ...{ schema, document: TYPING, variableValues: { chatId } },
      contextValue: {
        ...{ platform: desk.platform, viewer: as, requestId: 'test' },
        ...{ recheck: async () => as, recheckEveryMs: 60_000 },
      },
    });
  const heard = (await follows(viewer)) as AsyncGenerator<ExecutionResult>;
  const before = await desk.db.prisma.event.count({ where: { accountId } });
  for (const isTyping of [true, false]) {
    const next = heard.next();
    expect((await ada.sends('typing', { isTyping })).status).toBe(204);
    expect((await next).value.data.chatTyping).toEqual({ author: 'VISITOR', isTyping });
  }
  await heard.return(undefined);
  expect(await desk.db.prisma.event.count({ where: { accountId } })).toBe(before);
  const elsewhere = await follows({ ...viewer, companyIds: [otherCompanyId] });
  expect(elsewhere).toMatchObject({ errors: [{ message: expect.stringMatching(/no .*chat/i) }] });
});
