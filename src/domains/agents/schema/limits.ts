// MessageLimits: how much an account may text, and updateMessageLimits.
import { builder } from '#graphql/builder.ts';
import { defineMutation, expectedVersion } from '#graphql/mutation.ts';
import {
  LIMIT_NAMES,
  type LimitName,
  MESSAGE_LIMITS,
  type VersionedLimits,
} from '../message-limits.ts';
import { readOwnLimits, updateMessageLimits } from '../update-message-limits.ts';

const each = <Field>(make: (name: LimitName) => Field) =>
  Object.fromEntries(LIMIT_NAMES.map((name) => [name, make(name)])) as Record<LimitName, Field>;

export const MessageLimits = builder.objectRef<VersionedLimits>('MessageLimits').implement({
  description:
    'How much an account may text: what was set, else what the service description says.',
  fields: (t) => ({
    ...each((name) => t.exposeInt(name, { description: `${MESSAGE_LIMITS[name].says}.` })),
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
