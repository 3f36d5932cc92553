// Query.actionTasks: what is left to do after calls and for leads, over all of them.
import { builder } from '#graphql/builder.ts';
import { defineConnection, pageArgs, readPage } from '#graphql/connection.ts';
import { readIds } from '#graphql/read-id.ts';
import { countActionTasks, listActionTasks, NO_DAY } from '../action-tasks/list-action-tasks.ts';
import { ActionTask } from './action-task.ts';

const ActionTaskFilter = builder.inputType('ActionTaskFilter', {
  description: 'Which tasks: every field that is given must hold; of a list, any one.',
  fields: (t) => ({
    companyIds: t.idList({ description: 'Tasks of these companies.' }),
    assigneeIds: t.idList({ description: 'Tasks of these users.' }),
    isMine: t.boolean({ description: 'Only tasks of the asking user, or only those of others.' }),
    isDone: t.boolean({ description: 'Only tasks that are done, or only those that are not.' }),
    dueBefore: t.field({
      type: 'Date',
      description: 'Only tasks that somebody has put a day to, which is before this one.',
    }),
  }),
});

const ActionTaskConnection = defineConnection(ActionTask, 'ActionTask');

builder.queryField('actionTasks', (t) =>
  t.field({
    type: ActionTaskConnection,
    description:
      'The tasks of all action plans that are shown: what is due soonest first, and behind it what nobody has put a day to, drawn last first. Those of leads that rest on a text, chat or form take the right to read that. Takes the scope TRANSCRIPTS_READ.',
    args: {
      filter: t.arg({ type: ActionTaskFilter, description: 'Which tasks.' }),
      ...pageArgs(t),
    },
    resolve: async (_root, args, { platform, viewer }) => {
      const filter = {
        ...args.filter,
        companyIds: readIds(args.filter?.companyIds, 'Company', 'companyIds'),
        assigneeIds: readIds(args.filter?.assigneeIds, 'User', 'assigneeIds'),
      };
      const page = await readPage(args, {
        rows: (want) => listActionTasks(platform, viewer, filter, want),
        count: (cap) => countActionTasks(platform, viewer, filter, cap),
        sortValue: ({ dueOn }) => dueOn ?? NO_DAY,
      });
      return { ...page, edges: page.edges.map((edge) => ({ ...edge, node: edge.node.id })) };
    },
  }),
);
