// Who is writing in a chat, for whoever may see it.
import { authorize } from '#domains/accounts/index.ts';
import { underRights } from '#domains/activity/index.ts';
import type { Context } from '#graphql/context.ts';
import { notFound } from '#values/refusals.ts';
import { findChats } from './read-chats.ts';
import { hearTyping, type TypingSign } from './typing.ts';

/**
 * Hears it from now on, for as long as the viewer's rights stand.
 * @throws Forbidden; Refused NOT_FOUND
 */
export async function followTyping(
  context: Context,
  chatId: string,
): Promise<AsyncIterableIterator<TypingSign>> {
  const { viewer, platform } = context;
  authorize(viewer, 'chats.read');
  const [chat] = await findChats(platform.db, viewer, [chatId]);
  if (!chat) throw notFound('chatId', 'ChatConversation');
  const { accountId } = viewer;
  return underRights(context, (signal) => hearTyping(platform, { accountId, chatId }, signal));
}
