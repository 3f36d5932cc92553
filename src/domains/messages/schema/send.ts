// sendMessage, cancelMessage, and the dry runs: canSendMessage, previewMessage.
import { MessageLimitsNode } from '#domains/agents/index.ts';
import { builder } from '#graphql/builder.ts';
import { defineMutation, idempotencyKey } from '#graphql/mutation.ts';
import { readId, readIds } from '#graphql/read-id.ts';
import { UserError, userErrorsOf } from '#graphql/user-errors.ts';
import { cancelMessage } from '../cancel-message.ts';
import { MOST_CHARACTERS } from '../plan-send.ts';
import { MOST_SEGMENTS } from '../preview-text.ts';
import { requestOptIn } from '../request-opt-in.ts';
import { type SendCheck as Check, checkSend, sendMessage } from '../send-message.ts';
import { Message } from './message.ts';

type InputBuilder = Parameters<Parameters<typeof defineMutation>[1]['input']>[0];

const send = (t: InputBuilder) => ({
  conversationId: t.id({ description: 'The conversation that it belongs to.' }),
  companyId: t.id({ description: 'Without conversationId: the company that writes.' }),
  to: t.field({ type: 'PhoneNumber', description: '… and to whom.' }),
  text: t.string({
    description: `What is written, at most ${MOST_CHARACTERS} characters, and ${MOST_SEGMENTS} parts as it is sent: 1,530 characters of GSM_7, 670 of UCS_2; see previewMessage. The first text to a number counts with what is added to it.`,
  }),
  mediaUrls: t.field({
    type: ['URL'],
    description:
      'Files that go with it, at most 10 and 1 MB in all: images, audio, video, contact cards. They are fetched when no other rule stands against the text, judged by their content, and sent from here.',
  }),
  mediaIds: t.idList({
    description:
      'Instead of mediaUrls: what `POST /uploads?name=…` of this server answered to the same person or key within a day. JPEG, PNG and GIF pictures, at most 10 and 1 MB in all; each goes with one text.',
  }),
  agentId: t.id({
    description: 'For keys: the agent for whom it is sent. People send as themselves.',
  }),
  sendAt: t.field({
    type: 'DateTime',
    description: 'When it is to go, within 90 days; left out: now. All rules are asked again then.',
  }),
});

interface SendInput {
  conversationId?: string | null | undefined;
  companyId?: string | null | undefined;
  agentId?: string | null | undefined;
  mediaIds?: readonly string[] | null | undefined;
}

function readIdsOf<Input extends SendInput>(input: Input) {
  const { conversationId, companyId, agentId } = input;
  return {
    ...input,
    conversationId: readId(conversationId, 'Conversation', 'conversationId'),
    companyId: readId(companyId, 'Company', 'companyId'),
    agentId: readId(agentId, 'Agent', 'agentId'),
    mediaIds: readIds(input.mediaIds, 'Upload', 'mediaIds'),
  };
}

defineMutation('sendMessage', {
  description:
    'Sends a text to one person. The rules of texting are asked in a fixed order, and the first that says no is answered; canSendMessage tells all of them. The first text to a number is given the company’s name and how to opt out, where it lacks them.',
  input: (t) => ({ ...send(t), ...idempotencyKey(t) }),
  run: async (input, { platform, viewer }) => ({
    messageId: await sendMessage(platform, viewer, readIdsOf(input)),
  }),
  payload: (t) => ({
    message: t.field({
      type: Message,
      nullable: true,
      description: 'The text, on its way.',
      resolve: ({ messageId }) => messageId,
    }),
  }),
});

defineMutation('requestOptIn', {
  description:
    'Asks somebody who wrote less than 24 hours ago to opt in, by one text with the company’s name, what it is about and how to opt out. YES within 7 days is an opt-in then, proven by both texts; without a prompt YES is none. The rules of sendMessage hold.',
  input: (t) => ({
    conversationId: t.id({ required: true, description: 'In which conversation.' }),
    agentId: t.id({
      description: 'For keys: the agent for whom it is sent. People send as themselves.',
    }),
    ...idempotencyKey(t),
  }),
  run: async ({ conversationId, agentId, ...input }, { platform, viewer }) => ({
    messageId: await requestOptIn(platform, viewer, {
      ...input,
      conversationId: readId(conversationId, 'Conversation', 'conversationId'),
      agentId: readId(agentId, 'Agent', 'agentId'),
    }),
  }),
  payload: (t) => ({
    message: t.field({
      type: Message,
      nullable: true,
      description: 'The prompt, on its way.',
      resolve: ({ messageId }) => messageId,
    }),
  }),
});

defineMutation('cancelMessage', {
  description: 'Takes back a text that is QUEUED: it is FAILED with CANCELLED then.',
  input: (t) => ({ messageId: t.id({ required: true, description: 'Which text.' }) }),
  run: async ({ messageId }, { platform, viewer }) => ({
    messageId: await cancelMessage(platform, viewer, readId(messageId, 'Message', 'messageId')),
  }),
  payload: (t) => ({
    message: t.field({
      type: Message,
      nullable: true,
      description: 'The text as it is now.',
      resolve: ({ messageId }) => messageId,
    }),
  }),
});

const CanSendMessageInput = builder.inputType('CanSendMessageInput', {
  description: 'What is to be sent, as sendMessage takes it.',
  fields: send as never,
});

const SendCheck = builder.objectRef<Check>('SendCheck').implement({
  description: 'Whether a text would be sent as things stand.',
  fields: (t) => ({
    isAllowed: t.boolean({
      description: 'Whether sendMessage would take it.',
      resolve: ({ refusals }) => refusals.length === 0,
    }),
    refusals: t.field({
      type: [UserError],
      description: 'Every rule that says no, in their order: sendMessage answers the first.',
      extensions: { listSize: 3 },
      resolve: ({ refusals }) => refusals.flatMap(userErrorsOf),
    }),
    limits: t.field({
      type: MessageLimitsNode,
      description: 'The limits of the account that it was judged by.',
      resolve: ({ limits }) => limits,
    }),
  }),
});

builder.queryField('canSendMessage', (t) =>
  t.field({
    type: SendCheck,
    description: 'Asks all rules of texting without sending anything.',
    args: {
      input: t.arg({ type: CanSendMessageInput, required: true, description: 'What to ask for.' }),
    },
    resolve: (_root, { input }, { platform, viewer }) =>
      checkSend(platform, viewer, readIdsOf(input as SendInput)),
  }),
);
