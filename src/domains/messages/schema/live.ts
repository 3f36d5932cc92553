// What texts announce.
import { implementEvent } from '#domains/activity/index.ts';
import { Conversation } from './conversation.ts';
import { Message } from './message.ts';
import { MessageFailureType } from './words.ts';

implementEvent({
  typename: 'MessageEvent',
  types: [
    'message.received',
    'message.queued',
    'message.sent',
    'message.delivered',
    'message.failed',
  ],
  description: 'A text came in, or moved on its way out.',
  fields: (t) => ({
    message: t.field({
      type: Message,
      nullable: true,
      description: 'The text as it is now; null when it was erased.',
      resolve: ({ payload }) => String(payload.messageId),
    }),
    conversation: t.field({
      type: Conversation,
      nullable: true,
      description: 'Its conversation as it is now; null when it was erased.',
      resolve: ({ payload }) => String(payload.conversationId),
    }),
    isFirst: t.boolean({
      nullable: true,
      description: 'On MESSAGE_RECEIVED: whether the conversation begins with it.',
      resolve: ({ payload }) => (payload.isFirst as boolean | undefined) ?? null,
    }),
    suggestsOptOut: t.boolean({
      nullable: true,
      description:
        'On MESSAGE_RECEIVED: whether it reads like a wish to be left alone, in their own words.',
      resolve: ({ payload }) => (payload.suggestsOptOut as boolean | undefined) ?? null,
    }),
    failure: t.field({
      type: MessageFailureType,
      nullable: true,
      description: 'On MESSAGE_FAILED: why.',
      resolve: ({ payload }) => (payload.failure as never) ?? null,
    }),
  }),
});

implementEvent({
  typename: 'ConversationEvent',
  types: ['conversation.updated'],
  description: 'A conversation changed in what no message tells.',
  fields: (t) => ({
    conversation: t.field({
      type: Conversation,
      nullable: true,
      description: 'The conversation as it is now; null when it was erased.',
      resolve: ({ payload }) => String(payload.conversationId),
    }),
    changes: t.stringList({
      nullable: true,
      description: 'The names of the fields that changed.',
      resolve: ({ payload }) => (payload.changes as string[] | undefined) ?? null,
    }),
  }),
});
