// Agent: a person with a seat of the Lead Center, their presence, and what they have used of the month.
import { Actor, may } from '#domains/accounts/index.ts';
import { builder } from '#graphql/builder.ts';
import type { Context } from '#graphql/context.ts';
import { defineNode } from '#graphql/node.ts';
import type { AgentUsage as Usage } from '../count-agent-message.ts';
import { presenceOf } from '../machine.ts';
import { type AgentView, findAgents, usagesOf } from '../read-agents.ts';
import { AgentPresence } from './words.ts';

const AgentMessages = builder.objectRef<Usage>('AgentMessages').implement({
  description: 'Messages of one month of the account’s time zone.',
  fields: (t) => ({
    total: t.exposeInt('messages', {
      description: 'Sent and received together: what the limit counts.',
    }),
    sent: t.exposeInt('sent', { description: 'Those that the agent sent.' }),
    received: t.exposeInt('received', {
      description: 'Those that came in conversations of the agent. They come in beyond the limit.',
    }),
  }),
});

const AgentLimits = builder.objectRef<Usage>('AgentLimits').implement({
  description: 'How much an agent may use in a month.',
  fields: (t) => ({
    messages: t.exposeInt('limit', {
      description: 'Texts, sent and received together; sending ends there.',
    }),
  }),
});

const AgentUsage = builder.objectRef<Usage>('AgentUsage').implement({
  description: 'What an agent has used of the current month.',
  fields: (t) => ({
    messages: t.field({
      type: AgentMessages,
      description: 'Texts, however many segments they have.',
      resolve: (usage) => usage,
    }),
    limits: t.field({
      type: AgentLimits,
      description: 'How much the month has room for.',
      resolve: (usage) => usage,
    }),
    resetsAt: t.expose('resetsAt', {
      type: 'DateTime',
      description: 'When the next month begins, in the account’s time zone.',
    }),
  }),
});

export const Agent = defineNode<AgentView>('Agent', (ids, { platform, viewer }) =>
  findAgents(platform, viewer, ids),
);

Agent.implement({
  description: 'A person who has, or had, a seat of the Lead Center.',
  fields: (t) => ({
    user: t.field({
      type: Actor,
      description: 'The user who sits there.',
      resolve: ({ userId }) => `user:${userId}`,
    }),
    name: t.string({
      nullable: true,
      description:
        'The name; ••• without the scope PERSONAL_READ, null when they are no user of the account any more.',
      resolve: ({ name }, _args, { viewer }) =>
        name === null || may(viewer, 'personal.read') ? name : '•••',
    }),
    namedPerson: t.string({
      nullable: true,
      description:
        'Who it is, where the e-mail address is that of a post; ••• without the scope PERSONAL_READ.',
      resolve: ({ namedPerson }, _args, { viewer }) =>
        namedPerson === null || may(viewer, 'personal.read') ? namedPerson : '•••',
    }),
    hasSeat: t.exposeBoolean('hasSeat', {
      description: 'Whether the seat stands; without it nothing can be sent in their name.',
    }),
    seatedAt: t.expose('seatedAt', {
      type: 'DateTime',
      description: 'When the seat was last given.',
    }),
    presence: t.field({
      type: AgentPresence,
      description: 'What they do now.',
      resolve: (row, _args, { platform, viewer }) =>
        row.hasSeat ? presenceOf(row, platform.clock.now(viewer.accountId)) : 'OFFLINE',
    }),
    presenceAt: t.expose('presenceAt', {
      type: 'DateTime',
      description: 'When the presence was last said to change.',
    }),
    awayReason: t.exposeString('awayReason', {
      nullable: true,
      description: 'Why they are AWAY, in their own words.',
    }),
    usage: t.loadable({
      type: AgentUsage,
      description: 'What they have used of this month.',
      load: (ids: string[], { platform, viewer }: Context) => usagesOf(platform, viewer, ids),
      resolve: ({ id }) => id,
    }),
    version: t.exposeInt('version', { description: 'Rises with every change.' }),
  }),
});
