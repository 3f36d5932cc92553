// What people change on a conversation: note, value, lead status, tags. The change, the audit entry and
// conversation.updated are one transaction; an idempotency key makes a repeated request harmless.
import { type AnswerCodec, authorize, once } from '#domains/accounts/index.ts';
import { changeInteraction, type InteractionChange } from '#domains/interactions/index.ts';
import type { Platform } from '#platform/platform.ts';
import { notFound } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import { findConversations } from './read-conversations.ts';

/** a repetition is answered with the conversation as it is then */
const CONVERSATION_ID: AnswerCodec<string> = {
  store: (conversationId) => ({ conversationId }),
  restore: async (_tx, stored) => String(stored.conversationId),
};

/**
 * Changes a conversation. Absent = unchanged, null = cleared.
 * @returns its id
 * @throws Refused INVALID_INPUT, NOT_FOUND, VERSION_CONFLICT, ALREADY_GOOD_LEAD, IDEMPOTENCY_KEY_CONFLICT; Forbidden
 */
export async function changeConversation(
  platform: Pick<Platform, 'db' | 'events' | 'clock'>,
  viewer: Viewer,
  input: Omit<InteractionChange, 'interactionId' | 'kind' | 'verb'> & {
    conversationId: string;
    idempotencyKey?: string | null | undefined;
  },
): Promise<string> {
  authorize(viewer, 'conversations.tag');
  const { conversationId, idempotencyKey, ...change } = input;
  const [seen] = await findConversations(platform.db, viewer, [conversationId]);
  if (!seen) throw notFound('conversationId', 'Conversation');
  const verb = 'updateConversation';
  const request = { mutation: verb, key: idempotencyKey, request: { conversationId, ...change } };
  return once(
    platform,
    viewer,
    request,
    async (tx) => {
      const about = { interactionId: conversationId, kind: 'CONVERSATION' as const, verb };
      await changeInteraction(tx, platform, viewer, { ...change, ...about });
      return conversationId;
    },
    CONVERSATION_ID,
  );
}
