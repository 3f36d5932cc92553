// addAgent and removeAgent.
import { defineMutation, expectedVersion, idempotencyKey } from '#graphql/mutation.ts';
import { readId } from '#graphql/read-id.ts';
import { addAgent } from '../add-agent.ts';
import { removeAgent } from '../remove-agent.ts';
import { Agent } from './agent.ts';

defineMutation('addAgent', {
  description:
    'Gives a user a seat of the Lead Center: one a person. A seat that they had before goes on with its month; one that they have stays as it is.',
  input: (t) => ({
    userId: t.id({ required: true, description: 'Who.' }),
    namedPerson: t.string({
      description:
        'The name of the one person who uses it, up to 100 characters; wanted where the e-mail address is that of a post, such as info@.',
    }),
    ...idempotencyKey(t),
  }),
  run: (input, { platform, viewer }) =>
    addAgent(platform, viewer, { ...input, userId: readId(input.userId, 'User', 'userId') }),
  payload: (t) => ({
    agent: t.field({
      type: Agent,
      nullable: true,
      description: 'The agent.',
      resolve: ({ id }) => id,
    }),
  }),
});

defineMutation('removeAgent', {
  description:
    'Takes a seat away at once, also from a device that holds it. What the agent did stays.',
  input: (t) => ({
    agentId: t.id({ required: true, description: 'Whose.' }),
    ...expectedVersion(t),
  }),
  run: (input, { platform, viewer }) =>
    removeAgent(platform, viewer, { ...input, agentId: readId(input.agentId, 'Agent', 'agentId') }),
  payload: (t) => ({
    agent: t.field({
      type: Agent,
      nullable: true,
      description: 'The agent, without a seat.',
      resolve: ({ id }) => id,
    }),
  }),
});
