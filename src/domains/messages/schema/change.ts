// updateConversation.
import { SettableLeadStatus } from '#domains/interactions/index.ts';
import { defineMutation, expectedVersion, idempotencyKey } from '#graphql/mutation.ts';
import { readId } from '#graphql/read-id.ts';
import { changeConversation } from '../change-conversation.ts';
import { Conversation } from './conversation.ts';

defineMutation('updateConversation', {
  description: 'Changes what people keep on a conversation. Left out = unchanged, null = cleared.',
  input: (t) => ({
    conversationId: t.id({ required: true, description: 'Which conversation.' }),
    note: t.string({ description: 'A note, at most 10,000 characters.' }),
    valueCents: t.float({
      description:
        'What the conversation is worth, in cents of the account’s currency: a whole number.',
    }),
    leadStatus: t.field({
      type: SettableLeadStatus,
      description: 'Its score; null = NOT_SCORED. The lead’s later interactions follow.',
    }),
    tags: t.stringList({
      description:
        'Names of tags, 1 to 60 characters each, at most 50: they replace those that it has, unless `appendTags` is true. Left out or null = unchanged.',
    }),
    appendTags: t.boolean({ description: 'true adds the tags to those it has.' }),
    ...idempotencyKey(t),
    ...expectedVersion(t),
  }),
  run: async (input, { platform, viewer }) => {
    const { conversationId: id, tags, appendTags, ...rest } = input;
    const conversationId = await changeConversation(platform, viewer, {
      ...rest,
      conversationId: readId(id, 'Conversation', 'conversationId'),
      ...(tags && { tags: appendTags ? { add: tags } : { set: tags } }),
    });
    return { conversationId };
  },
  payload: (t) => ({
    conversation: t.field({
      type: Conversation,
      nullable: true,
      description: 'The conversation as it is now.',
      resolve: ({ conversationId }) => conversationId,
    }),
  }),
});
