// Erasure of a conversation, as far as this domain and the carrier's tables hold it: rows in the caller's transaction, its
// files once that has committed.
import { eraseSessions } from '#platform/carrier/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { conversationSubject } from './events.ts';
import { deleteConversation } from './store-conversations.ts';
import { keepErasedTexts } from './store-erased-texts.ts';
import { mediaKey } from './store-media.ts';

/** What was erased of a conversation, and what is left outside the database. */
export interface ErasedConversation {
  messages: number;
  files: number;
  /** where its files lie in our storage */
  mediaKeys: string[];
  /** the carrier's ids of its texts, and ours of those that we sent: what still comes of them is emptied */
  sessions: string[];
  carrierEvents: number;
}

/** Whether a text of it is with the carrier, which has not answered yet. The caller holds the conversation's lock. */
export async function isSending(tx: Tx, accountId: string, conversationId: string) {
  const where = { accountId, conversationId, state: 'SENDING' as const };
  return (await tx.message.findFirst({ where, select: { id: true } })) !== null;
}

/**
 * Deletes a conversation with its texts, those that wait to be sent too, and empties the carrier's webhooks of them. The
 * interaction of the same id stays, for its own domain to delete. The limits of sending go on counting what went. The caller holds the locks of the customer's consent
 * and of the conversation; none of its texts is SENDING. The carrier offers no way to
 * erase its own copies.
 */
export async function eraseConversation(
  tx: Tx,
  { clock, secrets }: Pick<Platform, 'clock' | 'secrets'>,
  accountId: string,
  conversationId: string,
): Promise<ErasedConversation> {
  const messages = await tx.message.findMany({
    where: { accountId, conversationId },
    select: {
      ...{ id: true, conversationId: true, direction: true, kind: true, state: true, at: true },
      ...{ sentAt: true, agentId: true, text: true, carrierMessageId: true },
      media: { select: { id: true, storageKey: true } },
    },
  });
  const mediaKeys = messages.flatMap(({ media }) =>
    // one that is being fetched has no place yet; one that was uploaded has its own
    media.map(({ id, storageKey }) => storageKey ?? mediaKey(accountId, id)),
  );
  const sessions = messages.flatMap(({ id, direction, carrierMessageId }) => [
    ...(direction === 'OUTBOUND' ? [id] : []),
    ...(carrierMessageId ? [carrierMessageId] : []),
  ]);
  const now = clock.now(accountId);
  await keepErasedTexts(tx, { secrets }, accountId, messages, now);
  const carrierEvents = await eraseSessions(tx, accountId, {
    ...{ sessions, subject: conversationSubject(conversationId), at: now },
  });
  await deleteConversation(tx, accountId, conversationId);
  return {
    ...{ messages: messages.length, files: mediaKeys.length, mediaKeys, sessions, carrierEvents },
  };
}
