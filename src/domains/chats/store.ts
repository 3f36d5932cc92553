// The tables chat and chat_message: the only place that writes them.
import type { Chat, ChatMessage, Prisma } from '#generated/prisma/client.ts';
import type { Tx } from '#platform/db/index.ts';

export type ChatRow = Chat;
export type ChatMessageRow = ChatMessage;

/** A chat of the account, or null. */
export function readChat(tx: Tx, accountId: string, id: string): Promise<ChatRow | null> {
  return tx.chat.findUnique({ where: { accountId_id: { accountId, id } } });
}

/** Writes a new chat; its interaction stands already. */
export async function insertChat(tx: Tx, row: Prisma.ChatUncheckedCreateInput): Promise<void> {
  await tx.chat.create({ data: row, select: { id: true } });
}

/** Writes fields of a chat. The caller holds its lock. */
export async function writeChat(
  tx: Tx,
  { accountId, id }: Pick<ChatRow, 'accountId' | 'id'>,
  fields: Partial<Omit<ChatRow, 'accountId' | 'id' | 'companyId'>>,
): Promise<void> {
  const where = { accountId_id: { accountId, id } };
  await tx.chat.update({ where, data: fields, select: { id: true } });
}

/** A message of the account, or null. */
export function readChatMessage(
  tx: Tx,
  accountId: string,
  id: string,
): Promise<ChatMessageRow | null> {
  return tx.chatMessage.findUnique({ where: { accountId_id: { accountId, id } } });
}

/** Writes a message. The caller holds the chat's lock. */
export async function insertChatMessage(
  tx: Tx,
  row: Prisma.ChatMessageUncheckedCreateInput,
): Promise<void> {
  await tx.chatMessage.create({ data: row, select: { id: true } });
}
