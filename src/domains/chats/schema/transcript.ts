// sendChatTranscript.
import { defineMutation, idempotencyKey } from '#graphql/mutation.ts';
import { readId } from '#graphql/read-id.ts';
import { sendChatTranscript } from '../send-chat-transcript.ts';
import { ChatConversation } from './chat.ts';

defineMutation('sendChatTranscript', {
  description:
    'Sends what was said in a chat by mail: to the address that the visitor has told, or to any other. It takes a seat in the Lead Center, the scopes CHATS_READ and PERSONAL_READ, since the mail tells all of it, and a company that has switched it on with `updateChatSettings`. At most 2 of one chat in an hour are sent.',
  input: (t) => ({
    chatId: t.id({ required: true, description: 'Which chat.' }),
    email: t.string({
      description: 'Where to, any address; left out: the one that the visitor has told.',
    }),
    agentId: t.id({
      description: 'With a key: the agent that it acts for. People leave it out: they have a seat.',
    }),
    ...idempotencyKey(t),
  }),
  run: async (input, { platform, viewer }) => ({
    chatId: await sendChatTranscript(platform, viewer, {
      ...{ email: input.email, idempotencyKey: input.idempotencyKey },
      chatId: readId(input.chatId, 'ChatConversation', 'chatId'),
      agentId: readId(input.agentId, 'Agent', 'agentId') ?? null,
    }),
  }),
  payload: (t) => ({
    chat: t.field({
      type: ChatConversation,
      nullable: true,
      description: 'The chat; its mail is on its way.',
      resolve: ({ chatId }) => chatId,
    }),
  }),
});
