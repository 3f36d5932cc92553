// A message takes its place in a chat: the next number, the state that it makes of the chat, and what is told of it.

import { reopenInteraction } from '#domains/interactions/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { announce } from './announce.ts';
import { chatMessage, chatOpened } from './events.ts';
import { type ChatMessageRow, type ChatRow, insertChatMessage, writeChat } from './store.ts';
import { fileAway } from './store-files.ts';

/** What was said, and by whom. */
export type NewMessage = Pick<ChatMessageRow, 'id' | 'text' | 'sentAt'> & {
  /** uploads that go along, and whose they must be */
  files?: { owner: string; ids: readonly string[] };
} & (
    | { author: 'VISITOR'; clientId: string }
    | { author: 'AGENT'; agentId: string; sentBy: string }
  );

/**
 * Adds a message. A visitor's takes up again a chat that was ended. Whoever writes has read what stands there. The caller
 * holds the chat's lock, and has looked that the message is not there.
 * @returns its number; null when one of its files is not there: then nothing may be kept of this transaction
 */
export async function addMessage(
  tx: Tx,
  platform: Pick<Platform, 'events'>,
  chat: ChatRow,
  message: NewMessage,
): Promise<number | null> {
  const { accountId, id: chatId } = chat;
  const { files, ...row } = message;
  const { author, sentAt } = message;
  const seq = chat.lastSeq + 1;
  await insertChatMessage(tx, { accountId, chatId, seq, ...row });
  if (files && !(await fileAway(tx, accountId, row.id, files))) return null;
  const isReopened = chat.state === 'ENDED' && author === 'VISITOR';
  await writeChat(tx, chat, {
    lastSeq: seq,
    lastMessageAt: sentAt,
    ...(isReopened && { state: 'OPEN', endedAt: null }),
    ...(author === 'VISITOR' ? { visitorReadSeq: seq } : { agentReadSeq: seq }),
    ...(author === 'AGENT' && { agentId: message.agentId }),
  });
  if (author === 'VISITOR') await reopenInteraction(tx, accountId, chatId, sentAt, 0);
  await announce(tx, platform, chat, sentAt, [
    ...(isReopened ? [{ definition: chatOpened, payload: { isReopened: true } }] : []),
    { definition: chatMessage, payload: { messageId: message.id, seq, author } },
  ]);
  return seq;
}
