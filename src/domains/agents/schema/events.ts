// What agents announce.
import { implementEvent } from '#domains/activity/index.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import type { PresenceReason as Reason } from '../machine.ts';
import { Agent } from './agent.ts';
import { AgentPresence, PresenceReason } from './words.ts';

implementEvent({
  typename: 'AgentPresenceEvent',
  types: ['agent.presence_changed'],
  description: 'An agent came, went, changed what they do, or moved to another device.',
  fields: (t) => ({
    agent: t.field({
      type: Agent,
      nullable: true,
      description: 'The agent as they are now.',
      resolve: ({ payload }) => String(payload.agentId),
    }),
    presence: t.field({
      type: AgentPresence,
      description: 'What they did from then on.',
      resolve: ({ payload }) => payload.presence as typeof AgentPresence.$inferType,
    }),
    reason: t.field({
      type: PresenceReason,
      description: 'Why it changed.',
      resolve: ({ payload }) => payload.reason as Reason,
    }),
    replacedLeaseId: t.id({
      nullable: true,
      description: 'On TAKEN_OVER: the lease of the device or page that lost the seat.',
      resolve: ({ payload }) =>
        payload.replacedLeaseId ? encodeGlobalId('Lease', String(payload.replacedLeaseId)) : null,
    }),
  }),
});

implementEvent({
  typename: 'AgentUsageEvent',
  types: ['agent.usage_warning'],
  description: 'An agent has used 80, 95 or 100 % of the messages of the month.',
  fields: (t) => ({
    agent: t.field({
      type: Agent,
      nullable: true,
      description: 'The agent as they are now.',
      resolve: ({ payload }) => String(payload.agentId),
    }),
    percent: t.int({
      description: 'Which share was reached: 80, 95 or 100.',
      resolve: ({ payload }) => Number(payload.percent),
    }),
    messages: t.int({
      description: 'How many messages that is.',
      resolve: ({ payload }) => Number(payload.messages),
    }),
    limit: t.int({
      description: 'How many the month has.',
      resolve: ({ payload }) => Number(payload.limit),
    }),
  }),
});
