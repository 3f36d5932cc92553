// The desk of rules, where somebody texts and a visitor writes in a chat; the jobs are in our hands.
import { randomUUID } from 'node:crypto';
import { chatEnded, chatMessage, chatOpened } from '#domains/chats/events.ts';
import { messageReceived } from '#domains/messages/events.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import { openRulesDesk } from './rules-desk.ts';

/** Opens the desk. Call it at the top of a test file. */
export async function openMessagesDesk() {
  const desk = await openRulesDesk();
  const { prisma } = desk.db;
  let customers = 0;

  /** An account in whose one conversation texts come in, and in whose one chat a visitor writes. */
  const settle = async () => {
    const people = await desk.settle();
    const { accountId, companyId, tells } = people;
    const at = desk.clock.now(accountId);
    const interaction = async (kind: 'CONVERSATION' | 'CHAT') => {
      const id = randomUUID();
      await prisma.interaction.create({ data: { accountId, id, companyId, kind, occurredAt: at } });
      return id;
    };
    const conversationId = await interaction('CONVERSATION');
    const chatId = await interaction('CHAT');
    const ownNumber = '+14155550166';
    await prisma.conversation.create({
      data: {
        ...{ accountId, id: conversationId, companyId, startedBy: 'INBOUND', lastMessageAt: at },
        ...{ firstNumber: ownNumber, currentNumber: ownNumber },
        customerNumber: `+1415555${1_660 + customers++}`,
      },
    });
    await prisma.chat.create({
      data: {
        ...{ accountId, id: chatId, companyId, state: 'OPEN', pageUrl: 'https://a.example/' },
        ...{ lastMessageAt: at, lastSeq: 0 },
      },
    });
    let seq = 0;
    return {
      ...people,
      conversation: encodeGlobalId('Conversation', conversationId),
      chat: encodeGlobalId('ChatConversation', chatId),
      ...{ conversationId, chatId },
      /** A text comes in. @returns the event */
      texts: async (text: string) => {
        const messageId = randomUUID();
        desk.clock.advance(1_000);
        const now = desk.clock.now(accountId);
        await prisma.message.create({
          data: {
            ...{ accountId, id: messageId, conversationId, text, ownNumber, direction: 'INBOUND' },
            ...{ state: 'RECEIVED', at: now, createdAt: now },
          },
        });
        const about = { conversationId, messageId, isFirst: false, suggestsOptOut: false };
        const payload = { ...about, trackerId: randomUUID() };
        return tells(messageReceived, `conversation:${conversationId}`, payload);
      },
      opens: () => tells(chatOpened, `chat:${chatId}`, { chatId, isReopened: false }),
      ends: () => tells(chatEnded, `chat:${chatId}`, { chatId }),
      /** Somebody writes in the chat. @returns the event */
      writes: async (text: string, author: 'VISITOR' | 'AGENT' = 'VISITOR') => {
        const messageId = randomUUID();
        const message = { chatId, seq: ++seq, author };
        const row = {
          accountId,
          id: messageId,
          text,
          sentAt: desk.clock.now(accountId),
          ...message,
        };
        await prisma.chatMessage.create({ data: row });
        return tells(chatMessage, `chat:${chatId}`, { messageId, ...message });
      },
    };
  };
  return { ...desk, settle };
}
