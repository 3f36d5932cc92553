// What texts announce.
import { followEvents, implementEvent, readFilter } from '#domains/activity/index.ts';
import { builder } from '#graphql/builder.ts';
import type { StoredEvent } from '#platform/events/index.ts';
import { Conversation } from './conversation.ts';
import { Message } from './message.ts';
import { MessageFailureType } from './words.ts';

const MESSAGE_TYPES = [
  'message.received',
  'message.queued',
  'message.sent',
  'message.delivered',
  'message.failed',
] as const;

implementEvent({
  typename: 'MessageEvent',
  types: MESSAGE_TYPES,
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

builder.subscriptionField('conversation', (t) =>
  t.field({
    type: Message,
    nullable: true,
    description:
      'Each text of a conversation whenever it comes in or moves on its way out. Over SSE a Last-Event-ID header resumes it. The same can be had with more detail from `events`.',
    args: { id: t.arg.id({ required: true, description: 'Which conversation.' }) },
    subscribe: (_root, { id }, context) => {
      const filter = readFilter(context.viewer, {
        types: [...MESSAGE_TYPES],
        conversationIds: [id],
      });
      return followEvents(context, filter, null);
    },
    resolve: (event) => String((event as StoredEvent).payload.messageId),
  }),
);
