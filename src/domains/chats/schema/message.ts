// ChatMessage: what was written in a chat.
import { Actor, may } from '#domains/accounts/index.ts';
import { builder } from '#graphql/builder.ts';
import type { Context } from '#graphql/context.ts';
import { defineNode } from '#graphql/node.ts';
import { linkToChatFile } from '../chat-file-link.ts';
import { findChatMessages, type ShownChatMessage } from '../read-chat-messages.ts';
import { type ChatFileRow, filesOfMessages } from '../store-files.ts';
import { ChatAuthor } from './words.ts';

const ChatFile = builder.objectRef<ChatFileRow>('ChatFile').implement({
  description: 'A file that went with a message of a chat.',
  fields: (t) => ({
    name: t.exposeString('name', {
      description: 'What its sender calls it, with an ending that fits its content.',
    }),
    contentType: t.exposeString('contentType', {
      description: 'What it is by its content: image/jpeg.',
    }),
    sizeBytes: t.exposeInt('sizeBytes', { description: 'Its size.' }),
    sha256: t.string({
      description: 'The checksum of the stored file, in hexadecimal.',
      resolve: ({ sha256 }) => Buffer.from(sha256).toString('hex'),
    }),
    url: t.field({
      type: 'URL',
      description: 'A signed link that saves the file, good for 15 minutes.',
      resolve: ({ accountId, id }, _args, { platform }) => {
        const root = { secrets: platform.secrets, publicUrl: platform.publicUrl() };
        return linkToChatFile(root, { accountId, id }, platform.clock.now(accountId));
      },
    }),
  }),
});

export const ChatMessage = defineNode<ShownChatMessage>(
  'ChatMessage',
  (ids, { platform, viewer }) => findChatMessages(platform.db, viewer, ids),
);

const MASKED = '•••';

ChatMessage.implement({
  description: 'What somebody wrote in a chat.',
  fields: (t) => ({
    seq: t.exposeInt('seq', {
      description: 'Its place in the chat: messages are numbered from 1 without a gap.',
    }),
    author: t.expose('author', { type: ChatAuthor, description: 'Who wrote it.' }),
    text: t.string({
      description: 'What was written, as text; ••• without the scope PERSONAL_READ.',
      resolve: ({ text, companyId }, _args, { viewer }) =>
        may(viewer, 'personal.read', companyId) ? text : text && MASKED,
    }),
    files: t.loadableList({
      type: ChatFile,
      description: 'Files that went along; none without the scope PERSONAL_READ.',
      load: async (ids: string[], { platform, viewer }: Context) => {
        const shown = ids.filter((id) => id !== '');
        const files = await filesOfMessages(platform.db.prisma, viewer.accountId, shown);
        return ids.map((id) => files[shown.indexOf(id)] ?? []);
      },
      resolve: ({ id, companyId }, _args, { viewer }) =>
        may(viewer, 'personal.read', companyId) ? id : '',
    }),
    at: t.expose('at', { type: 'DateTime', description: 'When it reached us.' }),
    isRead: t.exposeBoolean('isRead', { description: 'Whether the other side has read it.' }),
    sentBy: t.field({
      type: Actor,
      nullable: true,
      description: 'Of an agent’s: whose hand it was.',
      resolve: ({ sentBy }) => sentBy,
    }),
  }),
});
