// The tables conversation and message: the only place that writes them.
import type { Conversation, Message, Prisma } from '#generated/prisma/client.ts';
import type { Tx } from '#platform/db/index.ts';

export type ConversationState = Conversation;
export type MessageRow = Message;

/** The conversation of a company with a customer number; null when there is none. */
export function findConversation(
  tx: Tx,
  of: { accountId: string; companyId: string; customerNumber: string },
): Promise<ConversationState | null> {
  return tx.conversation.findUnique({ where: { accountId_companyId_customerNumber: of } });
}

/** One conversation of the account, or null. */
export function readConversation(
  tx: Tx,
  accountId: string,
  id: string,
): Promise<ConversationState | null> {
  return tx.conversation.findUnique({ where: { accountId_id: { accountId, id } } });
}

/** Writes a new conversation; its interaction stands already. */
export async function insertConversation(tx: Tx, row: ConversationState): Promise<void> {
  await tx.conversation.create({ data: row });
}

/** Writes fields of a conversation. The caller holds its lock. */
export async function writeConversation(
  tx: Tx,
  accountId: string,
  id: string,
  fields: Partial<
    Pick<
      ConversationState,
      'agentId' | 'currentNumber' | 'currentTrackerId' | 'lastInboundAt' | 'lastMessageAt'
    >
  >,
): Promise<void> {
  await tx.conversation.update({
    where: { accountId_id: { accountId, id } },
    data: fields,
    select: { id: true },
  });
}

/** Writes a new message. */
export async function insertMessage(
  tx: Tx,
  row: Prisma.MessageUncheckedCreateInput,
): Promise<void> {
  await tx.message.create({ data: row, select: { id: true } });
}

/** One message of the account, or null. */
export function readMessage(tx: Tx, accountId: string, id: string): Promise<MessageRow | null> {
  return tx.message.findUnique({ where: { accountId_id: { accountId, id } } });
}

/** The message that the carrier knows by this id; null when none is. */
export function findByCarrierId(
  tx: Tx,
  accountId: string,
  carrierMessageId: string,
): Promise<MessageRow | null> {
  return tx.message.findUnique({
    where: { accountId_carrierMessageId: { accountId, carrierMessageId } },
  });
}

/** Writes fields of a message. The caller holds its conversation's lock. */
export async function writeMessage(
  tx: Tx,
  accountId: string,
  id: string,
  fields: Partial<
    Pick<
      MessageRow,
      | 'state'
      | 'at'
      | 'carrierMessageId'
      | 'segments'
      | 'failure'
      | 'carrierCode'
      | 'dueAt'
      | 'sentAt'
      | 'deliveredAt'
    >
  >,
): Promise<void> {
  await tx.message.update({
    where: { accountId_id: { accountId, id } },
    data: fields,
    select: { id: true },
  });
}
