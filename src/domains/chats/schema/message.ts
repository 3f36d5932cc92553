// ChatMessage: what was written in a chat.
import { Actor, may } from '#domains/accounts/index.ts';
import { defineNode } from '#graphql/node.ts';
import { findChatMessages, type ShownChatMessage } from '../read-chat-messages.ts';
import { ChatAuthor } from './words.ts';

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
