// Query.agents: the list, its filter and its order.
import { builder } from '#graphql/builder.ts';
import { defineConnection, pageArgs, readPage } from '#graphql/connection.ts';
import { readIds } from '#graphql/read-id.ts';
import { SortDirection } from '#graphql/sort-direction.ts';
import { countAgents, listAgents } from '../read-agents.ts';
import { Agent } from './agent.ts';
import { AgentPresence } from './words.ts';

const AgentConnection = defineConnection(Agent, 'Agent');

const AgentFilter = builder.inputType('AgentFilter', {
  description: 'Which agents: every field that is given must hold; of a list, any one.',
  fields: (t) => ({
    companyIds: t.idList({ description: 'Those who serve one of these companies.' }),
    userIds: t.idList({ description: 'The seats of these users.' }),
    presences: t.field({ type: [AgentPresence], description: 'Those who do one of these now.' }),
  }),
});

const AgentOrderField = builder.enumType('AgentOrderField', {
  description: 'What agents are sorted by.',
  values: { SEATED_AT: { description: 'By the time they got their seat.' } } as const,
});

const AgentOrder = builder.inputType('AgentOrder', {
  description: 'The order of a list of agents.',
  fields: (t) => ({
    field: t.field({ type: AgentOrderField, required: true, description: 'By what.' }),
    direction: t.field({ type: SortDirection, required: true, description: 'Which way.' }),
  }),
});

builder.queryField('agents', (t) =>
  t.field({
    type: AgentConnection,
    description:
      'Those who have a seat, the first seated first unless told otherwise. A viewer who is kept to some companies sees those who serve one of them.',
    args: {
      filter: t.arg({ type: AgentFilter, description: 'Which agents.' }),
      order: t.arg({ type: AgentOrder, description: 'How they are sorted.' }),
      ...pageArgs(t),
    },
    resolve: (_root, args, { platform, viewer }) => {
      const filter = {
        companyIds: readIds(args.filter?.companyIds, 'Company', 'companyIds'),
        userIds: readIds(args.filter?.userIds, 'User', 'userIds'),
        presences: args.filter?.presences,
      };
      const direction = args.order?.direction ?? 'asc';
      return readPage(args, {
        rows: (page) => listAgents(platform, viewer, { filter, direction, ...page }),
        count: (cap) => countAgents(platform, viewer, filter, cap),
        sortValue: (row) => row.seatedAt.toISOString(),
      });
    },
  }),
);
