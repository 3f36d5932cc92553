// The lab's part of the API: scripted calls and texts in TEST accounts.
import { builder } from '#graphql/builder.ts';
import { defineMutation, idempotencyKey } from '#graphql/mutation.ts';
import { readId } from '#graphql/read-id.ts';
import { placeSandboxCall } from './place-sandbox-call.ts';
import { sendSandboxText } from './send-sandbox-text.ts';

const SandboxDestination = builder.enumType('SandboxDestination', {
  description: 'How the business’s phone behaves in a scripted call.',
  values: {
    ANSWER: { description: 'Somebody picks up and talks.' },
    BUSY: { description: 'It is busy.' },
    NO_ANSWER: { description: 'It rings until the ring time is over.' },
    REJECT: { description: 'The call is turned away.' },
    NOT_FOUND: { description: 'The number does not exist.' },
    VOICEMAIL: { description: 'The business’s own answering machine picks up.' },
  } as const,
});

defineMutation('placeSandboxCall', {
  description:
    'Lets a scripted person dial a tracking number of a TEST account. What follows is the product’s ordinary path, over the sandbox carrier.',
  input: (t) => ({
    trackerId: t.id({ required: true, description: 'Whose number is dialled.' }),
    to: t.field({
      type: 'PhoneNumber',
      description:
        'Which of its numbers, such as the one that a visitor is shown; left out: its newest.',
    }),
    from: t.field({
      type: 'PhoneNumber',
      required: true,
      description: 'The caller’s number; use fictional ones: +1 NPA 555 01xx.',
    }),
    callerName: t.string({ description: 'The name that the carrier tells of the caller.' }),
    destination: t.field({
      type: SandboxDestination,
      description: 'How the business behaves; left out: ANSWER.',
    }),
    answerAfterSeconds: t.int({
      description: 'How long the business’s phone rings, 0 to 120; left out: 2.',
    }),
    dialogue: t.string({
      description:
        'What is said: a dialogue of the sandbox (garage-door), or a clip that the caller alone says (voicemail-message); left out: garage-door.',
    }),
    hangUpAfterSeconds: t.int({
      description: 'The caller hangs up so long after dialling, whatever happens.',
    }),
    ...idempotencyKey(t),
  }),
  run: async (input, { platform, viewer }) =>
    placeSandboxCall(platform, viewer, {
      ...input,
      trackerId: readId(input.trackerId, 'Tracker', 'trackerId'),
    }),
  payload: (t) => ({
    to: t.field({
      type: 'PhoneNumber',
      nullable: true,
      description: 'The tracking number that was dialled. The call itself arrives as CALL_RINGING.',
      resolve: (placed) => placed.to,
    }),
  }),
});

const SandboxMediaInput = builder.inputType('SandboxMediaInput', {
  description: 'A file that goes with a scripted text.',
  fields: (t) => ({
    contentType: t.string({
      required: true,
      description: 'What the carrier says that it is, which need not be true: image/png.',
    }),
    base64: t.string({ required: true, description: 'Its bytes in base64.' }),
  }),
});

defineMutation('sendSandboxText', {
  description:
    'Lets a scripted person send a text to a tracking number of a TEST account. What follows is the product’s ordinary path, over the sandbox carrier.',
  input: (t) => ({
    trackerId: t.id({ required: true, description: 'Whose number the text is sent to.' }),
    to: t.field({
      type: 'PhoneNumber',
      description: 'Which of its numbers; left out: its newest.',
    }),
    from: t.field({
      type: 'PhoneNumber',
      required: true,
      description: 'The person’s number; use fictional ones: +1 NPA 555 01xx.',
    }),
    text: t.string({ description: 'The words, up to 1,600 characters.' }),
    media: t.field({ type: [SandboxMediaInput], description: 'Files, up to 10.' }),
    ...idempotencyKey(t),
  }),
  run: async (input, { platform, viewer }) =>
    sendSandboxText(platform, viewer, {
      ...input,
      trackerId: readId(input.trackerId, 'Tracker', 'trackerId'),
    }),
  payload: (t) => ({
    to: t.field({
      type: 'PhoneNumber',
      nullable: true,
      description: 'The tracking number that the text was sent to.',
      resolve: (sent) => sent.to,
    }),
  }),
});
