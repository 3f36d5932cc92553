// What was written: the texts of a conversation and the messages of a chat, with their files as links.
import { encodeGlobalId } from '#values/global-id.ts';
import { inOrder } from './in-order.ts';
import type { OfPerson } from './of-person.ts';

/** The texts of a conversation. */
export async function* tellMessages(
  { prisma, accountId, signal, link }: OfPerson,
  conversationId: string,
) {
  const texts = inOrder('at', signal, ({ after, ...page }) =>
    prisma.message.findMany({
      where: { AND: [{ accountId, conversationId }, after] },
      ...page,
      select: {
        ...{ id: true, direction: true, kind: true, state: true, text: true, ownNumber: true },
        ...{ at: true, sentAt: true, deliveredAt: true },
        media: {
          select: { id: true, state: true, contentType: true, sizeBytes: true },
          orderBy: { n: 'asc' },
        },
      },
    }),
  );
  for await (const { id, media, ...text } of texts) {
    yield {
      ...{ id: encodeGlobalId('Message', id), ...text },
      files: media.map(({ id: mediaId, ...file }) => ({
        ...file,
        url: file.state === 'READY' ? link.media(mediaId) : null,
      })),
    };
  }
}

/** The messages of a chat. */
export async function* tellChatMessages(
  { prisma, accountId, signal, link }: OfPerson,
  chatId: string,
) {
  const messages = inOrder('sentAt', signal, ({ after, ...page }) =>
    prisma.chatMessage.findMany({
      where: { AND: [{ accountId, chatId }, after] },
      ...page,
      select: {
        ...{ id: true, author: true, text: true, sentAt: true },
        files: {
          select: { id: true, name: true, contentType: true, sizeBytes: true },
          orderBy: { n: 'asc' },
        },
      },
    }),
  );
  for await (const { id, files, ...message } of messages) {
    yield {
      ...{ id: encodeGlobalId('ChatMessage', id), ...message },
      files: files.map(({ id: fileId, ...file }) => ({ ...file, url: link.chatFile(fileId) })),
    };
  }
}
