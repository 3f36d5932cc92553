// What a chat announces, and Subscription.chatTyping.
import { implementEvent } from '#domains/activity/index.ts';
import { builder } from '#graphql/builder.ts';
import { readId } from '#graphql/read-id.ts';
import { followTyping } from '../follow-typing.ts';
import { TYPING_HOLDS_SECONDS, type TypingSign } from '../typing.ts';
import { ChatConversation } from './chat.ts';
import { ChatMessage } from './message.ts';
import { ChatAuthor } from './words.ts';

implementEvent({
  typename: 'ChatEvent',
  types: ['chat.opened', 'chat.message', 'chat.read', 'chat.ended', 'chat.updated'],
  description: 'Something happened in a chat.',
  fields: (t) => ({
    chat: t.field({
      type: ChatConversation,
      nullable: true,
      description: 'The chat as it is now; null when it was erased.',
      resolve: ({ payload }) => String(payload.chatId),
    }),
    message: t.field({
      type: ChatMessage,
      nullable: true,
      description: 'On CHAT_MESSAGE: what was written; null when it was erased.',
      resolve: ({ payload }) => (payload.messageId as string | undefined) ?? null,
    }),
    isReopened: t.boolean({
      nullable: true,
      description: 'On CHAT_OPENED: whether it was ended before.',
      resolve: ({ payload }) => (payload.isReopened as boolean | undefined) ?? null,
    }),
    reader: t.field({
      type: ChatAuthor,
      nullable: true,
      description: 'On CHAT_READ: which side has read, VISITOR or AGENT.',
      resolve: ({ payload }) => (payload.reader as 'VISITOR' | 'AGENT' | undefined) ?? null,
    }),
    seq: t.int({
      nullable: true,
      description: 'On CHAT_MESSAGE: its number. On CHAT_READ: up to which message.',
      resolve: ({ payload }) => (payload.seq as number | undefined) ?? null,
    }),
    changes: t.stringList({
      nullable: true,
      description: 'On CHAT_UPDATED: the names of the fields that changed.',
      resolve: ({ payload }) => (payload.changes as string[] | undefined) ?? null,
    }),
  }),
});

const ChatTyping = builder.objectRef<TypingSign>('ChatTyping').implement({
  description: 'Somebody is writing in a chat, or has stopped.',
  fields: (t) => ({
    author: t.expose('author', { type: ChatAuthor, description: 'Which side: VISITOR or AGENT.' }),
    isTyping: t.exposeBoolean('isTyping', {
      description: `Whether they are writing. It holds for ${TYPING_HOLDS_SECONDS} seconds unless it is told again.`,
    }),
  }),
});

builder.subscriptionField('chatTyping', (t) =>
  t.field({
    type: ChatTyping,
    description:
      'Who is writing in a chat, from now on. It is told in passing: nothing of it is kept, and a word of it may be lost.',
    args: { chatId: t.arg.id({ required: true, description: 'Which chat.' }) },
    subscribe: (_root, { chatId }, context) =>
      followTyping(context, readId(chatId, 'ChatConversation', 'chatId')),
    resolve: (sign) => sign as TypingSign,
  }),
);
