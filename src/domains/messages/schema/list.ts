// Query.conversations: the list, its filter and its order.
import { LeadStatus } from '#domains/leads/index.ts';
import { builder } from '#graphql/builder.ts';
import { defineConnection, pageArgs, readPage } from '#graphql/connection.ts';
import { readIds } from '#graphql/read-id.ts';
import { SortDirection } from '#graphql/sort-direction.ts';
import { countConversations, listConversations } from '../read-conversations.ts';
import { Conversation } from './conversation.ts';
import { ConversationState } from './words.ts';

const ConversationFilter = builder.inputType('ConversationFilter', {
  description: 'Which conversations: every field that is given must hold; of a list, any one.',
  fields: (t) => ({
    companyIds: t.idList({ description: 'Conversations of these companies.' }),
    leadIds: t.idList({ description: 'Conversations with these leads.' }),
    trackerIds: t.idList({ description: 'Conversations that are answered from these trackers.' }),
    leadStatuses: t.field({ type: [LeadStatus], description: 'Conversations scored so.' }),
    states: t.field({ type: [ConversationState], description: 'Conversations that stand there.' }),
    tags: t.stringList({ description: 'Conversations with any of these tags, by name.' }),
    customerNumbers: t.field({
      type: ['PhoneNumber'],
      description: 'Conversations with these numbers; it takes the scope PERSONAL_READ.',
    }),
    lastMessageFrom: t.field({ type: 'DateTime', description: 'Newest message at or after this.' }),
    lastMessageBefore: t.field({ type: 'DateTime', description: 'Newest message before this.' }),
  }),
});

const ConversationOrderField = builder.enumType('ConversationOrderField', {
  description: 'What conversations are sorted by.',
  values: { LAST_MESSAGE_AT: { description: 'By their newest message.' } } as const,
});

const ConversationOrder = builder.inputType('ConversationOrder', {
  description: 'The order of a list of conversations.',
  fields: (t) => ({
    field: t.field({ type: ConversationOrderField, required: true, description: 'By what.' }),
    direction: t.field({ type: SortDirection, required: true, description: 'Which way.' }),
  }),
});

const ConversationConnection = defineConnection(Conversation, 'Conversation');

builder.queryField('conversations', (t) =>
  t.field({
    type: ConversationConnection,
    description: 'Conversations by text, that with the newest message first.',
    args: {
      filter: t.arg({ type: ConversationFilter, description: 'Which conversations.' }),
      order: t.arg({ type: ConversationOrder, description: 'Their order; newest first.' }),
      ...pageArgs(t),
    },
    resolve: (_root, args, { platform, viewer }) => {
      const filter = {
        ...args.filter,
        companyIds: readIds(args.filter?.companyIds, 'Company', 'companyIds'),
        leadIds: readIds(args.filter?.leadIds, 'Lead', 'leadIds'),
        trackerIds: readIds(args.filter?.trackerIds, 'Tracker', 'trackerIds'),
      };
      const direction = args.order?.direction ?? 'desc';
      return readPage(args, {
        rows: (page) => listConversations(platform.db, viewer, filter, { ...page, direction }),
        count: (cap) => countConversations(platform.db, viewer, filter, cap),
        sortValue: ({ lastMessageAt }) => lastMessageAt.toISOString(),
      });
    },
  }),
);
