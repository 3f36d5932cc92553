// The tables conversation and message: the only place that writes them.
import type { OptInPrompt } from '#domains/consent/index.ts';
import type { Conversation, Message, Prisma } from '#generated/prisma/client.ts';
import type { Db, Tx } from '#platform/db/index.ts';

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

/** Deletes a conversation with its messages; its interaction stays. */
export async function deleteConversation(tx: Tx, accountId: string, id: string): Promise<void> {
  await tx.conversation.delete({ where: { accountId_id: { accountId, id } } });
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
      | 'handedAt'
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

/**
 * Whether anything that somebody wrote in a conversation has left, or leaves by a moment: what is to go later may still be
 * cancelled.
 */
export async function hasSent(
  tx: Tx,
  accountId: string,
  conversationId: string,
  by: Date,
): Promise<boolean> {
  const found = await tx.message.findFirst({
    where: {
      ...{ accountId, conversationId, direction: 'OUTBOUND', kind: 'PERSONAL' },
      OR: [{ state: { not: 'FAILED' }, at: { lte: by } }, { sentAt: { not: null } }],
    },
    select: { id: true },
  });
  return found !== null;
}

/** The latest text of a conversation that asked them to opt in, and that the carrier took by a time; null without. */
export async function findPrompt(
  tx: Tx,
  accountId: string,
  conversationId: string,
  by: Date,
): Promise<OptInPrompt | null> {
  const found = await tx.message.findFirst({
    where: {
      ...{ accountId, conversationId, asksOptIn: true },
      // one that is put back to wait keeps the time of its first try
      ...{ state: { in: ['SENT', 'DELIVERED'] }, handedAt: { lte: by } },
    },
    orderBy: { handedAt: 'desc' },
    select: { id: true, text: true, handedAt: true },
  });
  if (!found?.handedAt) return null;
  return { messageId: found.id, text: found.text, at: found.handedAt };
}

/** Whether HELP was answered in a conversation since then. */
export async function hasAnswered(
  tx: Tx,
  accountId: string,
  conversationId: string,
  since: Date,
): Promise<boolean> {
  const found = await tx.message.findFirst({
    where: { accountId, conversationId, kind: 'HELP_ANSWER', at: { gt: since } },
    select: { id: true },
  });
  return found !== null;
}

/** The texts of a conversation that somebody wrote and that wait. */
export function readWaiting(
  tx: Tx,
  accountId: string,
  conversationId: string,
): Promise<MessageRow[]> {
  return tx.message.findMany({
    where: { accountId, conversationId, state: 'QUEUED', kind: 'PERSONAL' },
    orderBy: { id: 'asc' },
  });
}

/** Has a text that is SENDING asked for later. False when it is no more. */
export async function postponeAsking(
  { prisma }: Pick<Db, 'prisma'>,
  accountId: string,
  id: string,
  dueAt: Date,
): Promise<boolean> {
  const where = { accountId, id, state: 'SENDING' as const };
  return (await prisma.message.updateMany({ where, data: { dueAt } })).count === 1;
}

/** Texts of all accounts that were due by a moment, the longest due first: to be sent, or to be asked for. */
export function findDue(
  { prisma }: Pick<Db, 'prisma'>,
  by: Date,
  limit: number,
): Promise<Pick<MessageRow, 'accountId' | 'id' | 'state'>[]> {
  return prisma.message.findMany({
    where: { dueAt: { lte: by } },
    orderBy: { dueAt: 'asc' },
    take: limit,
    select: { accountId: true, id: true, state: true },
  });
}
