// An agent answers in a chat that a visitor opened, and ends it. Only the visitor can take it up again.

import { z } from 'zod';
import { type AnswerCodec, audit, authorize, once } from '#domains/accounts/index.ts';
import { answerInInbox, endInInbox, seeInInbox } from '#domains/interactions/index.ts';
import type { Tx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { notFound, policyRefused } from '#values/refusals.ts';
import { nameActor, seesCompany, type Viewer } from '#values/viewer.ts';
import { actingAgent } from './acting-agent.ts';
import { addMessage } from './add-message.ts';
import { announce } from './announce.ts';
import { chatEnded, chatSubject } from './events.ts';
import { markRead } from './mark-read.ts';
import { type ChatRow, readChat, writeChat } from './store.ts';
import { MOST_FILES } from './store-files.ts';
import { tellTyping } from './typing.ts';
import { saysSomething, textShape } from './visitor-input.ts';

type Needs = Pick<Platform, 'db' | 'events' | 'clock'>;

/** A chat and who acts in it. */
export interface InChat {
  chatId: string;
  /** of keys: the agent that they act for */
  agentId?: string | null | undefined;
}

const sendShape = z
  .object({
    chatId: z.uuid(),
    agentId: z.uuid().nullish(),
    text: textShape,
    /** uploads */
    files: z
      .array(z.uuid())
      .max(MOST_FILES, `fileIds takes at most ${MOST_FILES} files.`)
      .nullish(),
    idempotencyKey: z.string().nullish(),
  })
  .refine(...saysSomething);

const MESSAGE_ID: AnswerCodec<string> = {
  store: (messageId) => ({ messageId }),
  restore: async (_tx, stored) => String(stored.messageId),
};
const CHAT_ID: AnswerCodec<string> = {
  store: (chatId) => ({ chatId }),
  restore: async (_tx, stored) => String(stored.chatId),
};

/**
 * Answers a visitor.
 * @param request.text 1 to 4,000 characters, or none with files
 * @param request.files what the same person or key has uploaded, at most 10
 * @returns the id of the message. Throws Forbidden; Refused INVALID_INPUT, NOT_FOUND, LEAD_CENTER_REQUIRED,
 *   CHAT_AGENT_INITIATED for a chat that was ended, IDEMPOTENCY_KEY_CONFLICT.
 */
export async function sendChatMessage(
  platform: Needs,
  viewer: Viewer,
  request: z.input<typeof sendShape>,
): Promise<string> {
  authorize(viewer, 'chats.answer');
  const { chatId, agentId, text, files, idempotencyKey } = parseInput(sendShape, request);
  const { accountId } = viewer;
  const stable = { chatId, agentId, text, ...(files && { files }) };
  return once(
    platform,
    viewer,
    { mutation: 'sendChatMessage', key: idempotencyKey, request: stable },
    async (tx) => {
      const { chat, agent } = await enter(tx, platform, viewer, { chatId, agentId });
      if (chat.state === 'ENDED') {
        const message = 'This chat was ended. Only the visitor can take it up again, by writing.';
        throw policyRefused('CHAT_AGENT_INITIATED', message, { field: 'chatId' });
      }
      const id = newId();
      const sentAt = platform.clock.now(accountId);
      await answerInInbox(tx, accountId, chatId, sentAt);
      await seeInInbox(tx, { accountId, userId: agent.userId }, chatId, sentAt);
      const sentBy = nameActor(viewer.actor);
      const seq = await addMessage(tx, platform, chat, {
        ...{ id, text, author: 'AGENT', agentId: agent.id, sentBy, sentAt },
        files: { owner: sentBy, ids: files ?? [] },
      });
      if (seq === null) throw notFound('fileIds', 'Upload');
      return id;
    },
    MESSAGE_ID,
  );
}

/**
 * Ends a chat; one that was ended stays so.
 * @returns its id. Throws Forbidden; Refused NOT_FOUND, LEAD_CENTER_REQUIRED, IDEMPOTENCY_KEY_CONFLICT.
 */
export async function endChat(
  platform: Needs,
  viewer: Viewer,
  { chatId, agentId, idempotencyKey }: InChat & { idempotencyKey?: string | null | undefined },
): Promise<string> {
  authorize(viewer, 'chats.answer');
  const { accountId } = viewer;
  return once(
    platform,
    viewer,
    { mutation: 'endChat', key: idempotencyKey, request: { chatId, agentId } },
    async (tx) => {
      const { chat } = await enter(tx, platform, viewer, { chatId, agentId });
      if (chat.state === 'ENDED') return chatId;
      const endedAt = platform.clock.now(accountId);
      await writeChat(tx, chat, { state: 'ENDED', endedAt });
      await endInInbox(tx, accountId, chatId, { answered: true, at: endedAt });
      await announce(tx, platform, chat, endedAt, [{ definition: chatEnded, payload: {} }]);
      await audit(tx, viewer, platform.clock, { action: 'endChat', subject: chatSubject(chatId) });
      return chatId;
    },
    CHAT_ID,
  );
}

/**
 * The company has read a chat up to a message.
 * @param request.seq the message's number; beyond the newest = all
 * @returns the chat's id. Throws Forbidden; Refused NOT_FOUND, LEAD_CENTER_REQUIRED.
 */
export async function markChatRead(
  platform: Needs,
  viewer: Viewer,
  { seq, ...where }: InChat & { seq: number },
): Promise<string> {
  authorize(viewer, 'chats.answer');
  return platform.db.transaction(async (tx) => {
    const { chat } = await enter(tx, platform, viewer, where);
    await markRead(tx, platform, chat, 'AGENT', seq);
    return chat.id;
  });
}

/**
 * Tells the visitor that an agent is writing, or has stopped. A sign holds some seconds, and may be lost.
 * @returns the chat's id. Throws Forbidden; Refused NOT_FOUND, LEAD_CENTER_REQUIRED.
 */
export async function setChatTyping(
  platform: Needs,
  viewer: Viewer,
  { isTyping, chatId, agentId }: InChat & { isTyping: boolean },
): Promise<string> {
  authorize(viewer, 'chats.answer');
  const { accountId } = viewer;
  const chat = await seeChat(platform.db.prisma, viewer, chatId);
  await actingAgent(platform.db.prisma, viewer, chat.companyId, agentId ?? null);
  tellTyping(platform, { accountId, chatId }, { author: 'AGENT', isTyping });
  return chatId;
}

/** Locks a chat that the viewer may see, and says from which seat they act. */
export async function enter(
  tx: Tx,
  { events }: Pick<Platform, 'events'>,
  viewer: Viewer,
  { chatId, agentId }: InChat,
) {
  await events.lock(tx, viewer.accountId, [chatSubject(chatId)]);
  const chat = await seeChat(tx, viewer, chatId);
  return { chat, agent: await actingAgent(tx, viewer, chat.companyId, agentId ?? null) };
}

/** A chat that the viewer may see. Throws Refused NOT_FOUND. */
export async function seeChat(tx: Tx, viewer: Viewer, chatId: string): Promise<ChatRow> {
  const chat = await readChat(tx, viewer.accountId, chatId);
  if (!chat || !seesCompany(viewer, chat.companyId)) throw notFound('chatId', 'ChatConversation');
  return chat;
}
