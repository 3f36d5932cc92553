// sendChatMessage, endChat, markChatRead and setChatTyping: the agent's side.
import { defineMutation, idempotencyKey } from '#graphql/mutation.ts';
import { readId, readIds } from '#graphql/read-id.ts';
import { endChat, markChatRead, sendChatMessage, setChatTyping } from '../answer-chat.ts';
import { ChatConversation } from './chat.ts';
import { ChatMessage } from './message.ts';

type InputBuilder = Parameters<typeof idempotencyKey>[0];

const where = (t: InputBuilder) => ({
  chatId: t.id({ required: true, description: 'Which chat.' }),
  agentId: t.id({
    description: 'With a key: the agent that it acts for. People leave it out: they have a seat.',
  }),
});

const readWhere = (input: { chatId: string; agentId?: string | null | undefined }) => ({
  chatId: readId(input.chatId, 'ChatConversation', 'chatId'),
  agentId: readId(input.agentId, 'Agent', 'agentId') ?? null,
});

defineMutation('sendChatMessage', {
  description:
    'Answers the visitor of a chat. It takes a seat in the Lead Center. A chat that was ended is refused: only its visitor can take it up again.',
  input: (t) => ({
    ...where(t),
    text: t.string({
      required: true,
      description: 'What to say, 1 to 4,000 characters of text; may be empty with files.',
    }),
    fileIds: t.idList({
      description:
        'Files that go along, at most 10: what `POST /uploads?name=…` of this server answered to the same person or key within a day. Each goes with one message.',
    }),
    ...idempotencyKey(t),
  }),
  run: async (input, { platform, viewer }) => {
    const messageId = await sendChatMessage(platform, viewer, {
      ...{ ...readWhere(input), text: input.text, idempotencyKey: input.idempotencyKey },
      files: readIds(input.fileIds, 'Upload', 'fileIds'),
    });
    return { messageId };
  },
  payload: (t) => ({
    message: t.field({
      type: ChatMessage,
      nullable: true,
      description: 'The message as it was kept.',
      resolve: ({ messageId }) => messageId,
    }),
  }),
});

defineMutation('endChat', {
  description: 'Ends a chat; one that was ended stays so. It takes a seat in the Lead Center.',
  input: (t) => ({
    ...where(t),
    ...idempotencyKey(t),
  }),
  run: async (input, { platform, viewer }) => ({
    chatId: await endChat(platform, viewer, {
      ...readWhere(input),
      idempotencyKey: input.idempotencyKey,
    }),
  }),
  payload: (t) => ({
    chat: t.field({
      type: ChatConversation,
      nullable: true,
      description: 'The chat as it is now.',
      resolve: ({ chatId }) => chatId,
    }),
  }),
});

defineMutation('markChatRead', {
  description:
    'Says that the company has read a chat up to a message; the mark never goes back. It takes a seat in the Lead Center.',
  input: (t) => ({
    ...where(t),
    seq: t.int({
      required: true,
      description: 'The number of that message; beyond the newest = all.',
    }),
  }),
  run: async (input, { platform, viewer }) => ({
    chatId: await markChatRead(platform, viewer, { ...readWhere(input), seq: input.seq }),
  }),
  payload: (t) => ({
    chat: t.field({
      type: ChatConversation,
      nullable: true,
      description: 'The chat as it is now.',
      resolve: ({ chatId }) => chatId,
    }),
  }),
});

defineMutation('setChatTyping', {
  description:
    'Shows the visitor that an agent is writing, or has stopped. It holds for some seconds, so tell it again while writing goes on. It takes a seat in the Lead Center.',
  input: (t) => ({
    ...where(t),
    isTyping: t.boolean({ required: true, description: 'Whether somebody is writing.' }),
  }),
  run: async (input, { platform, viewer }) => ({
    chatId: await setChatTyping(platform, viewer, {
      ...readWhere(input),
      isTyping: input.isTyping,
    }),
  }),
  payload: (t) => ({
    chat: t.field({
      type: ChatConversation,
      nullable: true,
      description: 'The chat as it is now.',
      resolve: ({ chatId }) => chatId,
    }),
  }),
});
