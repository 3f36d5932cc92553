// Conversation: the texts between a company and one customer number.
import { Actor, may } from '#domains/accounts/index.ts';
import { AgentNode } from '#domains/agents/index.ts';
import { ConsentNode, ConsentState, consentStateOf } from '#domains/consent/index.ts';
import { Interaction, implementInteraction } from '#domains/interactions/index.ts';
import { Tracker } from '#domains/numbers/index.ts';
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
import { type ConversationRow, findConversations } from '../read-conversations.ts';
import { countMessages, messagesOf, type ShownMessage } from '../read-messages.ts';
import { Message } from './message.ts';
import { ConversationState, MessageDirection } from './words.ts';

export const Conversation = defineNode<ConversationRow>(
  'Conversation',
  (ids, { platform, viewer }) => findConversations(platform.db, viewer, ids),
);

const MessageConnection = defineConnection(Message, 'Message');

Conversation.implement({
  description: 'The texts between a company and one customer number.',
  interfaces: [Interaction],
  fields: (t) => ({
    customerNumber: t.field({
      type: 'PhoneNumber',
      description: 'Whose number it is; masked without the scope PERSONAL_READ.',
      resolve: ({ customerNumber, companyId }, _args, { viewer }) =>
        may(viewer, 'personal.read', companyId) ? customerNumber : maskPhoneNumber(customerNumber),
    }),
    startedBy: t.expose('startedBy', { type: MessageDirection, description: 'Who wrote first.' }),
    phoneNumber: t.field({
      type: 'PhoneNumber',
      description: 'The company’s number that they texted last, from which they are answered.',
      resolve: ({ currentNumber }) => currentNumber,
    }),
    tracker: t.field({
      type: Tracker,
      nullable: true,
      description: 'The tracker of that number; null without the scope NUMBERS_READ.',
      resolve: ({ currentTrackerId }) => currentTrackerId,
    }),
    state: t.expose('inboxState', {
      type: ConversationState,
      description: 'Its place in the inbox; a text that comes in makes it ACTIVE.',
    }),
    agent: t.field({
      type: AgentNode,
      nullable: true,
      description: 'The agent who wrote in it last; null without the scope AGENTS_READ.',
      resolve: ({ agentId }) => agentId,
    }),
    consent: t.field({
      type: ConsentNode,
      nullable: true,
      description: 'Whether they may be texted, and why; null when nothing was ever said.',
      resolve: ({ consentId }) => consentId,
    }),
    consentState: t.field({
      type: ConsentState,
      description: 'Whether they may be texted now.',
      resolve: async ({ consentId }, _args, context) =>
        consentId ? consentStateOf(consentId, context) : 'NONE',
    }),
    assignee: t.field({
      type: Actor,
      nullable: true,
      description: 'The user who takes care of it; null = nobody yet.',
      resolve: ({ assigneeId }) => (assigneeId === null ? null : `user:${assigneeId}`),
    }),
    lastMessageAt: t.expose('lastMessageAt', {
      type: 'DateTime',
      description: 'When the newest message came in or went out.',
    }),
    lastInboundAt: t.expose('lastInboundAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When they wrote last; null when they never did.',
    }),
    messages: t.loadable({
      type: MessageConnection,
      description: 'Its messages, newest first.',
      args: pageArgs(t),
      byPath: true,
      load: (ids: string[], context: Context, args: PageArgs) => readThreads(ids, context, args),
      resolve: ({ id }) => id,
    }),
  }),
});

implementInteraction('CONVERSATION', Conversation);

async function readThreads(
  ids: string[],
  { platform: { db }, viewer }: Context,
  args: PageArgs,
): Promise<Page<ShownMessage>[]> {
  const after = args.after ? decodeRowKey(args.after) : null;
  const threads = await messagesOf(db, viewer, ids, { limit: pageSize(args.first) + 1, after });
  return Promise.all(
    ids.map((id, n) =>
      readPage(args, {
        rows: async () => threads[n] ?? [],
        count: (cap) => countMessages(db, viewer, id, cap),
        sortValue: ({ at }) => at.toISOString(),
      }),
    ),
  );
}
