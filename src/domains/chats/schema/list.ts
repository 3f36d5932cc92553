// Query.chats: the list, its filter and its order.
import { LeadStatus } from '#domains/leads/index.ts';
import { builder } from '#graphql/builder.ts';
import { defineConnection, pageArgs, readPage } from '#graphql/connection.ts';
import { readIds } from '#graphql/read-id.ts';
import { SortDirection } from '#graphql/sort-direction.ts';
import { countChats, listChats } from '../read-chats.ts';
import { ChatConversation } from './chat.ts';
import { ChatState } from './words.ts';

const ChatFilter = builder.inputType('ChatFilter', {
  description: 'Which chats: every field that is given must hold; of a list, any one.',
  fields: (t) => ({
    companyIds: t.idList({ description: 'Chats with these companies.' }),
    leadIds: t.idList({ description: 'Chats of these leads.' }),
    sessionIds: t.idList({ description: 'Chats that were opened in these visitor sessions.' }),
    leadStatuses: t.field({ type: [LeadStatus], description: 'Chats scored so.' }),
    states: t.field({ type: [ChatState], description: 'Chats that stand there.' }),
    tags: t.stringList({ description: 'Chats with any of these tags, by name.' }),
    isUnread: t.boolean({
      description: 'Only chats with messages that the company has not read, or only the others.',
    }),
    lastMessageFrom: t.field({ type: 'DateTime', description: 'Newest message at or after this.' }),
    lastMessageBefore: t.field({ type: 'DateTime', description: 'Newest message before this.' }),
  }),
});

const ChatOrderField = builder.enumType('ChatOrderField', {
  description: 'What chats are sorted by.',
  values: { LAST_MESSAGE_AT: { description: 'By their newest message.' } } as const,
});

const ChatOrder = builder.inputType('ChatOrder', {
  description: 'The order of a list of chats.',
  fields: (t) => ({
    field: t.field({ type: ChatOrderField, required: true, description: 'By what.' }),
    direction: t.field({ type: SortDirection, required: true, description: 'Which way.' }),
  }),
});

const ChatConversationConnection = defineConnection(ChatConversation, 'ChatConversation');

builder.queryField('chats', (t) =>
  t.field({
    type: ChatConversationConnection,
    description: 'Chats, that with the newest message first.',
    args: {
      filter: t.arg({ type: ChatFilter, description: 'Which chats.' }),
      order: t.arg({ type: ChatOrder, description: 'Their order; newest first.' }),
      ...pageArgs(t),
    },
    resolve: (_root, args, { platform, viewer }) => {
      const filter = {
        ...args.filter,
        companyIds: readIds(args.filter?.companyIds, 'Company', 'companyIds'),
        leadIds: readIds(args.filter?.leadIds, 'Lead', 'leadIds'),
        sessionIds: readIds(args.filter?.sessionIds, 'VisitorSession', 'sessionIds'),
      };
      const direction = args.order?.direction ?? 'desc';
      return readPage(args, {
        rows: (page) => listChats(platform.db, viewer, filter, { ...page, direction }),
        count: (cap) => countChats(platform.db, viewer, filter, cap),
        sortValue: ({ lastMessageAt }) => lastMessageAt.toISOString(),
      });
    },
  }),
);
