// ChatConversation: what a visitor of the company's website and its agents wrote to each other.
import { may } from '#domains/accounts/index.ts';
import { AgentNode } from '#domains/agents/index.ts';
import { Interaction, implementInteraction } from '#domains/interactions/index.ts';
import { maskEmail, maskName } from '#domains/leads/index.ts';
import { addressFor, VisitorSession } from '#domains/visitors/index.ts';
import { builder } from '#graphql/builder.ts';
import {
  defineConnection,
  type Page,
  type PageArgs,
  pageArgs,
  pageSize,
  readPage,
} from '#graphql/connection.ts';
import type { Context } from '#graphql/context.ts';
import { defineNode } from '#graphql/node.ts';
import { decodeRowKey } from '#values/cursor.ts';
import { maskPhoneNumber } from '#values/phone-number.ts';
import { chatMessagesOf, countChatMessages, type ShownChatMessage } from '../read-chat-messages.ts';
import { findChats, type ShownChat } from '../read-chats.ts';
import { ChatMessage } from './message.ts';
import { ChatState } from './words.ts';

const ChatVisitor = builder.objectRef<ShownChat>('ChatVisitor').implement({
  description:
    'Who the visitor of a chat says to be. What is theirs is masked without PERSONAL_READ.',
  fields: (t) => ({
    name: t.string({
      nullable: true,
      description: 'What they are called; null when they did not say.',
      resolve: ({ visitorName: name, companyId }, _args, { viewer }) =>
        (may(viewer, 'personal.read', companyId) ? name : maskName(name)) || null,
    }),
    email: t.string({
      nullable: true,
      description: 'Their e-mail address; null when they did not say.',
      resolve: ({ visitorEmail: email, companyId }, _args, { viewer }) =>
        email && (may(viewer, 'personal.read', companyId) ? email : maskEmail(email)),
    }),
    phoneNumber: t.field({
      type: 'PhoneNumber',
      nullable: true,
      description: 'Their telephone number; null when they did not say.',
      resolve: ({ visitorPhone: phone, companyId }, _args, { viewer }) => {
        if (!phone) return null;
        return may(viewer, 'personal.read', companyId) ? phone : maskPhoneNumber(phone);
      },
    }),
  }),
});

export const ChatConversation = defineNode<ShownChat>(
  'ChatConversation',
  (ids, { platform, viewer }) => findChats(platform.db, viewer, ids),
);

const ChatMessageConnection = defineConnection(ChatMessage, 'ChatMessage');

ChatConversation.implement({
  description: 'A chat that a visitor opened on a page of the company.',
  interfaces: [Interaction],
  fields: (t) => ({
    state: t.expose('state', { type: ChatState, description: 'Where it stands.' }),
    visitor: t.field({
      type: ChatVisitor,
      description: 'Who the visitor says to be.',
      resolve: (row) => row,
    }),
    pageUrl: t.string({
      nullable: true,
      description:
        'The address of the page where it was opened. Without the scope PERSONAL_READ it ends before its parameters.',
      resolve: (row, _args, { viewer }) => addressFor(viewer, row.companyId, row.pageUrl),
    }),
    session: t.field({
      type: VisitorSession,
      nullable: true,
      description:
        'The visit in which it was opened; null when it is not known or no longer kept, or without the scope LEADS_READ.',
      resolve: (row) => row.sessionId,
    }),
    agent: t.field({
      type: AgentNode,
      nullable: true,
      description:
        'The agent who answers it: who wrote last; null before the first answer, or without the scope AGENTS_READ.',
      resolve: ({ agentId }) => agentId,
    }),
    messages: t.loadable({
      type: ChatMessageConnection,
      description: 'Its messages, newest first.',
      args: pageArgs(t),
      byPath: true,
      load: (ids: string[], context: Context, args: PageArgs) => readThreads(ids, context, args),
      resolve: ({ id }) => id,
    }),
    lastMessageAt: t.expose('lastMessageAt', {
      type: 'DateTime',
      description: 'When the newest message came.',
    }),
    lastSeq: t.exposeInt('lastSeq', { description: 'The number of the newest message.' }),
    visitorReadSeq: t.exposeInt('visitorReadSeq', {
      description: 'Up to which message the visitor has read; 0 = none.',
    }),
    agentReadSeq: t.exposeInt('agentReadSeq', {
      description: 'Up to which message the company has read; 0 = none.',
    }),
    endedAt: t.expose('endedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When an agent ended it; null while it is open.',
    }),
  }),
});

implementInteraction('CHAT', ChatConversation);

async function readThreads(
  ids: string[],
  { platform: { db }, viewer }: Context,
  args: PageArgs,
): Promise<Page<ShownChatMessage>[]> {
  const after = args.after ? decodeRowKey(args.after) : null;
  const threads = await chatMessagesOf(db, viewer, ids, { limit: pageSize(args.first) + 1, after });
  return Promise.all(
    ids.map((id, n) =>
      readPage(args, {
        rows: async () => threads[n] ?? [],
        count: (cap) => countChatMessages(db, viewer, id, cap),
        sortValue: ({ seq }) => String(seq),
      }),
    ),
  );
}
