// What people change on a chat: note, value, lead status, tags. The change, the audit entry and chat.updated are one
// transaction; an idempotency key makes a repeated request harmless.
import { type AnswerCodec, authorize, once } from '#domains/accounts/index.ts';
import { changeInteraction, type InteractionChange } from '#domains/interactions/index.ts';
import type { Platform } from '#platform/platform.ts';
import { notFound } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import { findChats } from './read-chats.ts';

/** a repetition is answered with the chat as it is then */
const CHAT_ID: AnswerCodec<string> = {
  store: (chatId) => ({ chatId }),
  restore: async (_tx, stored) => String(stored.chatId),
};

/**
 * Changes a chat. Absent = unchanged, null = cleared.
 * @returns its id
 * @throws Refused INVALID_INPUT, NOT_FOUND, VERSION_CONFLICT, ALREADY_GOOD_LEAD, IDEMPOTENCY_KEY_CONFLICT; Forbidden
 */
export async function changeChat(
  platform: Pick<Platform, 'db' | 'events' | 'clock'>,
  viewer: Viewer,
  input: Omit<InteractionChange, 'interactionId' | 'kind' | 'verb'> & {
    chatId: string;
    idempotencyKey?: string | null | undefined;
  },
): Promise<string> {
  authorize(viewer, 'chats.tag');
  const { chatId, idempotencyKey, ...change } = input;
  const [known] = await findChats(platform.db, viewer, [chatId]);
  if (!known) throw notFound('chatId', 'ChatConversation');
  const verb = 'updateChat';
  const request = { mutation: verb, key: idempotencyKey, request: { chatId, ...change } };
  return once(
    platform,
    viewer,
    request,
    async (tx) => {
      const about = { interactionId: chatId, kind: 'CHAT' as const, verb };
      await changeInteraction(tx, platform, viewer, { ...change, ...about });
      return chatId;
    },
    CHAT_ID,
  );
}
