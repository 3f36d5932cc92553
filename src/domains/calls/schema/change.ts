// The mutations on a call: tagCall and updateCall.
import { SettableLeadStatus } from '#domains/interactions/index.ts';
import { defineMutation, expectedVersion, idempotencyKey } from '#graphql/mutation.ts';
import { readId } from '#graphql/read-id.ts';
import { changeCall } from '../change-call.ts';
import { Call } from './call.ts';

defineMutation('tagCall', {
  description:
    'Says which tags a call has: they replace those that it had, the tags of keyword sets too, unless `append` is true. Names that are new become tags of the company.',
  input: (t) => ({
    callId: t.id({ required: true, description: 'Which call.' }),
    tags: t.stringList({
      required: true,
      description: 'Names of tags, 1 to 60 characters each; at most 50 on one call.',
    }),
    append: t.boolean({
      description: 'true adds them to those it has; left out or false, they take their place.',
    }),
    ...idempotencyKey(t),
    ...expectedVersion(t),
  }),
  run: async (input, { platform, viewer }) => {
    const { append, tags, ...rest } = input;
    const callId = await changeCall(platform, viewer, 'tagCall', {
      ...rest,
      callId: readId(input.callId, 'Call', 'callId'),
      tags: append ? { add: tags } : { set: tags },
    });
    return { callId };
  },
  payload: (t) => ({
    call: t.field({
      type: Call,
      nullable: true,
      description: 'The call as it is now.',
      resolve: ({ callId }) => callId,
    }),
  }),
});

defineMutation('updateCall', {
  description: 'Changes what people keep on a call. Left out = unchanged, null = cleared.',
  input: (t) => ({
    callId: t.id({ required: true, description: 'Which call.' }),
    note: t.string({ description: 'A note, at most 10,000 characters.' }),
    valueCents: t.float({
      description: 'What the call is worth, in cents of the account’s currency: a whole number.',
    }),
    leadStatus: t.field({
      type: SettableLeadStatus,
      description: 'Its score; null = NOT_SCORED. The lead’s later calls follow.',
    }),
    ...idempotencyKey(t),
    ...expectedVersion(t),
  }),
  run: async (input, { platform, viewer }) => {
    const callId = readId(input.callId, 'Call', 'callId');
    await changeCall(platform, viewer, 'updateCall', { ...input, callId });
    return { callId };
  },
  payload: (t) => ({
    call: t.field({
      type: Call,
      nullable: true,
      description: 'The call as it is now.',
      resolve: ({ callId }) => callId,
    }),
  }),
});
