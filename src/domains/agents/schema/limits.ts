// MessageLimits: how much an account may text, updateMessageLimits, and releaseSending.
import { builder } from '#graphql/builder.ts';
import { defineMutation, expectedVersion } from '#graphql/mutation.ts';
import {
  LIMIT_NAMES,
  type LimitName,
  MESSAGE_LIMITS,
  type VersionedLimits,
} from '../message-limits.ts';
import { releaseSending } from '../release-sending.ts';
import { readSendingHold } from '../store-holds.ts';
import { readOwnLimits, updateMessageLimits } from '../update-message-limits.ts';

const each = <Field>(make: (name: LimitName) => Field) =>
  Object.fromEntries(LIMIT_NAMES.map((name) => [name, make(name)])) as Record<LimitName, Field>;

export const MessageLimits = builder.objectRef<VersionedLimits>('MessageLimits').implement({
  description:
    'How much an account may text: what was set, else what the service description says.',
  fields: (t) => ({
    ...each((name) => t.exposeInt(name, { description: `${MESSAGE_LIMITS[name].says}.` })),
    heldSince: t.field({
      type: 'DateTime',
      nullable: true,
      description:
        'Since when only answers to those who wrote within 24 hours go, because bulk was tried (BULK_MESSAGING): nearly the same text to too many people, or too many conversations begun. Null when nothing is held; releaseSending ends it.',
      resolve: async (_limits, _args, { platform, viewer }) =>
        (await readSendingHold(platform.db.prisma, viewer.accountId)).heldAt,
    }),
    version: t.exposeInt('version', {
      description: 'Rises with every change; 0 before the first.',
    }),
  }),
});

builder.queryField('messageLimits', (t) =>
  t.field({
    type: MessageLimits,
    description: 'The limits of texting that hold for the account.',
    resolve: (_root, _args, { platform, viewer }) => readOwnLimits(platform, viewer),
  }),
);

defineMutation('updateMessageLimits', {
  description:
    'Sets limits of texting for the account: they hold at once, also for texts that wait. Each has bounds; what the service description or the law states can be made stricter only. Left out = unchanged, null = as the service has it.',
  input: (t) => ({
    ...each((name) => {
      const { says, least, most, standard } = MESSAGE_LIMITS[name];
      return t.int({ description: `${says}: ${least} to ${most}, else ${standard}.` });
    }),
    ...expectedVersion(t),
  }),
  run: (input, { platform, viewer }) => updateMessageLimits(platform, viewer, input),
  payload: (t) => ({
    messageLimits: t.field({
      type: MessageLimits,
      nullable: true,
      description: 'The limits as they hold now.',
      resolve: (limits) => limits,
    }),
  }),
});

defineMutation('releaseSending', {
  description:
    'Lets an account begin conversations by text again, once an administrator has looked at what was held as bulk. How many of a day’s texts began conversations is counted anew from then on. Done twice, it changes nothing.',
  input: (t) => ({
    heldSince: t.field({
      type: 'DateTime',
      required: true,
      description:
        'What was looked at, as messageLimits tells it: what was tried since stays held.',
    }),
  }),
  run: (input, { platform, viewer }) => releaseSending(platform, viewer, input),
  payload: (t) => ({
    messageLimits: t.field({
      type: MessageLimits,
      nullable: true,
      description: 'The limits as they hold now.',
      resolve: (limits) => limits,
    }),
  }),
});
