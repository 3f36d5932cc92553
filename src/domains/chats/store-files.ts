// The table chat_file: the only place that writes it. A chat's files are those of its messages, and those that its visitor
// has sent ahead of one.
import { deleteUploadsOf, type TakenFile, takeUploads } from '#domains/uploads/index.ts';
import type { ChatFile } from '#generated/prisma/client.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';

export type ChatFileRow = ChatFile;

/** with one message */
export const MOST_FILES = 10;

/** Who a visitor's uploads are of: the chat, since nothing else is known of them. */
export function ownerOfChat(chatId: string): string {
  return `chat:${chatId}`;
}

/** Puts files that were sent ahead into a message. False when one of them is not there. */
export async function fileAway(
  tx: Tx,
  accountId: string,
  messageId: string,
  { owner, ids }: { owner: string; ids: readonly string[] },
): Promise<boolean> {
  const files = await takeUploads(tx, accountId, owner, ids);
  if (!files) return false;
  const row = ({ sha256, ...file }: TakenFile, n: number) => ({
    ...{ ...file, accountId, messageId, n, sha256: Uint8Array.from(sha256) },
  });
  if (files.length > 0) await tx.chatFile.createMany({ data: files.map(row) });
  return true;
}

/** The files of each of these messages, in their order. */
export async function filesOfMessages(
  tx: Tx,
  accountId: string,
  messageIds: readonly string[],
): Promise<ChatFileRow[][]> {
  const rows = await tx.chatFile.findMany({
    where: { accountId, messageId: { in: [...messageIds] } },
    orderBy: { n: 'asc' },
  });
  const byId = Map.groupBy(rows, ({ messageId }) => messageId);
  return messageIds.map((id) => byId.get(id) ?? []);
}

/** A file, for those who hold a signed link; null when it is gone. */
export function storedChatFile(
  { prisma }: Pick<Platform, 'db'>['db'],
  { accountId, id }: { accountId: string; id: string },
): Promise<Pick<ChatFileRow, 'storageKey' | 'contentType' | 'name'> | null> {
  return prisma.chatFile.findUnique({
    where: { accountId_id: { accountId, id } },
    select: { storageKey: true, contentType: true, name: true },
  });
}

/** Where each file of a chat lies, of whichever side it is. */
async function filesOfChat(tx: Tx, accountId: string, chatId: string): Promise<string[]> {
  const where = { accountId, message: { chatId } };
  const rows = await tx.chatFile.findMany({ where, select: { storageKey: true } });
  return rows.map(({ storageKey }) => storageKey);
}

/**
 * Forgets the files of a chat that is erased, in the transaction that erases it, and before its messages go. The caller
 * holds the chat's lock, so none comes afterwards.
 * @returns what is to be removed from the storage once that is committed: each file, with Storage.remove, and the folder of
 *   what its visitor has sent, where something may still be written, with Storage.removeAll
 */
export async function deleteFilesOfChat(
  tx: Tx,
  accountId: string,
  chatId: string,
): Promise<{ keys: string[]; folder: string }> {
  const keys = await filesOfChat(tx, accountId, chatId);
  await tx.chatFile.deleteMany({ where: { accountId, message: { chatId } } });
  return { keys, folder: await deleteUploadsOf(tx, accountId, ownerOfChat(chatId)) };
}
