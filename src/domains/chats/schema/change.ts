// updateChat.
import { SettableLeadStatus } from '#domains/interactions/index.ts';
import { defineMutation, expectedVersion, idempotencyKey } from '#graphql/mutation.ts';
import { readId } from '#graphql/read-id.ts';
import { changeChat } from '../change-chat.ts';
import { ChatConversation } from './chat.ts';

defineMutation('updateChat', {
  description: 'Changes what people keep on a chat. Left out = unchanged, null = cleared.',
  input: (t) => ({
    chatId: t.id({ required: true, description: 'Which chat.' }),
    note: t.string({ description: 'A note, at most 10,000 characters.' }),
    valueCents: t.float({
      description: 'What the chat is worth, in cents of the account’s currency: a whole number.',
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
    const { chatId: id, tags, appendTags, ...rest } = input;
    const chatId = await changeChat(platform, viewer, {
      ...rest,
      chatId: readId(id, 'ChatConversation', 'chatId'),
      ...(tags && { tags: appendTags ? { add: tags } : { set: tags } }),
    });
    return { chatId };
  },
  payload: (t) => ({
    chat: t.field({
      type: ChatConversation,
      nullable: true,
      description: 'The chat as it is now.',
      resolve: ({ chatId }) => chatId,
    }),
  }),
});
