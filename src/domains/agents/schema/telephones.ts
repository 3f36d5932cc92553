// Agent.telephones, and setAgentTelephones.
import { may } from '#domains/accounts/index.ts';
import { builder } from '#graphql/builder.ts';
import type { Context } from '#graphql/context.ts';
import { defineMutation, expectedVersion } from '#graphql/mutation.ts';
import { readId } from '#graphql/read-id.ts';
import { MOST_TELEPHONES, setAgentTelephones } from '../set-agent-telephones.ts';
import { telephonesOf } from '../store-telephones.ts';
import { Agent } from './agent.ts';

builder.objectField(Agent, 'telephones', (t) =>
  t.loadableList({
    type: 'PhoneNumber',
    nullable: true,
    description:
      'The telephones at which they, and nobody else, answer calls; null without the scope PERSONAL_READ.',
    extensions: { listSize: 2 },
    load: async (ids: string[], { platform, viewer }: Context) =>
      may(viewer, 'personal.read')
        ? telephonesOf(platform.db.prisma, viewer.accountId, ids)
        : ids.map(() => null),
    resolve: ({ id }) => id,
  }),
);

defineMutation('setAgentTelephones', {
  description:
    'Says at which telephones an agent answers calls, from now on: by that calls are theirs (`coachingTrend`), since a call knows where it was answered, and not by whom. Name none that several people answer. One that was another agent’s is that one’s no longer; calls of before stay theirs. The telephones end with the seat.',
  input: (t) => ({
    agentId: t.id({ required: true, description: 'Whose.' }),
    telephones: t.field({
      type: ['PhoneNumber'],
      required: true,
      description: `The numbers that calls are put through to, in place of all that were theirs; at most ${MOST_TELEPHONES}, none for none.`,
    }),
    ...expectedVersion(t),
  }),
  run: (input, { platform, viewer }) =>
    setAgentTelephones(platform, viewer, {
      ...input,
      agentId: readId(input.agentId, 'Agent', 'agentId'),
    }),
  payload: (t) => ({
    agent: t.field({
      type: Agent,
      nullable: true,
      description: 'The agent.',
      resolve: ({ id }) => id,
    }),
  }),
});
