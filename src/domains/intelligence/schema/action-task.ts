// ActionTask, the tasks of a plan, and their change.
import { Actor } from '#domains/accounts/index.ts';
import { Call } from '#domains/calls/index.ts';
import { Lead } from '#domains/leads/index.ts';
import { builder } from '#graphql/builder.ts';
import type { Context } from '#graphql/context.ts';
import { defineMutation, expectedVersion } from '#graphql/mutation.ts';
import { defineNode } from '#graphql/node.ts';
import { readId } from '#graphql/read-id.ts';
import { findTasks, type TaskRow, tasksOfInsights } from '../action-tasks/read-action-tasks.ts';
import { updateActionTask } from '../action-tasks/update-action-task.ts';
import { tasksOfLeadPlans } from '../lead-insights/lead-plan.ts';
import { Insight } from './insight.ts';
import { TaskOwner } from './insight-item.ts';
import { LeadInsight } from './lead-insight.ts';

export const ActionTask = defineNode<TaskRow>('ActionTask', (ids, { platform, viewer }) =>
  findTasks(platform.db.prisma, viewer, ids),
);
ActionTask.implement({
  description:
    'Something that is left to do after a call, or for a lead, as people go on with it. When words of the call are corrected, or more of them is hidden, its plan is drawn anew: a task that still says the same keeps its day, its assignee and whether it is done; others begin anew, also one that somebody has worded better. When a lead’s plan is drawn anew, a task that still says the same keeps its id and all that people put to it, and one that they have gone on with stays, also when it is not drawn again. It goes with the conversation that it rests on.',
  fields: (t) => ({
    text: t.exposeString('text', { description: 'What is to be done.' }),
    owner: t.expose('owner', { type: TaskOwner, description: 'Whose task it is.' }),
    due: t.exposeString('due', {
      nullable: true,
      description: 'Until when, in the words of the talk; null when nobody said.',
    }),
    dueOn: t.field({
      type: 'Date',
      nullable: true,
      description: 'The day that somebody has put to it; null for none.',
      resolve: ({ dueOn }) => dueOn?.toISOString().slice(0, 10) ?? null,
    }),
    assignee: t.field({
      type: Actor,
      nullable: true,
      description: 'The user who does it; null = nobody yet.',
      resolve: ({ assigneeId }) => (assigneeId === null ? null : `user:${assigneeId}`),
    }),
    doneAt: t.expose('doneAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was marked as done; null while it is not.',
    }),
    doneBy: t.field({
      type: Actor,
      nullable: true,
      description: 'Who marked it so.',
      resolve: ({ doneBy }) => doneBy,
    }),
    call: t.field({
      type: Call,
      nullable: true,
      description:
        'The call after which it is left to do; null when it rests on what was written, or without the scope CALLS_READ.',
      resolve: ({ callId }) => callId,
    }),
    lead: t.field({
      type: Lead,
      nullable: true,
      description:
        'For whom it is left to do; null when nobody knows, or without the scope LEADS_READ.',
      resolve: ({ leadId }) => leadId,
    }),
    version: t.exposeInt('version', { description: 'Rises with every change.' }),
  }),
});

builder.objectField(Insight, 'tasks', (t) =>
  t.loadableList({
    type: ActionTask,
    description:
      'Of an ACTION_PLAN: its tasks as people go on with them, while `items` stay as drawn.',
    extensions: { listSize: 6 },
    load: async (ids: string[], { platform, viewer }: Context) => {
      const tasks = await tasksOfInsights(platform.db.prisma, viewer.accountId, ids);
      return ids.map((id) => (tasks.get(id) ?? []).map((task) => task.id));
    },
    resolve: ({ id }) => id,
  }),
);

builder.objectField(LeadInsight, 'tasks', (t) =>
  t.loadableList({
    type: ActionTask,
    description:
      'Of an ACTION_PLAN: its tasks as people go on with them, while `items` stay as drawn. What the plan of one of their calls has as a task, on the same words, is that task.',
    extensions: { listSize: 6 },
    load: async (ids: string[], { platform, viewer }: Context) => {
      const tasks = await tasksOfLeadPlans(platform.db.prisma, viewer, ids);
      return ids.map((id) => tasks.get(id) ?? []);
    },
    resolve: ({ id }) => id,
  }),
);

defineMutation('updateActionTask', {
  description:
    'Goes on with a task: done or not, whose, until when, in better words. Of a call’s plan that another one was drawn in place of, that is refused with WRONG_STATE.',
  input: (t) => ({
    actionTaskId: t.id({ required: true, description: 'Which task.' }),
    text: t.string({ description: 'Better words, 1 to 500 characters.' }),
    owner: t.field({ type: TaskOwner, description: 'Whose task it is.' }),
    dueOn: t.field({ type: 'Date', description: 'Until which day; null takes it away.' }),
    assigneeId: t.id({
      description: 'The user who does it, who sees the company; null = nobody.',
    }),
    done: t.boolean({ description: 'true marks it as done, false takes that back.' }),
    ...expectedVersion(t),
  }),
  run: async ({ actionTaskId, assigneeId, ...input }, { platform, viewer }) => {
    const id = await updateActionTask(platform, viewer, {
      // what cannot be cleared is refused by the verb, which names the field
      ...(input as Omit<Parameters<typeof updateActionTask>[2], 'actionTaskId' | 'assigneeId'>),
      actionTaskId: readId(actionTaskId, 'ActionTask', 'actionTaskId'),
      assigneeId: readId(assigneeId, 'User', 'assigneeId'),
    });
    return { id };
  },
  payload: (t) => ({
    actionTask: t.field({
      type: ActionTask,
      nullable: true,
      description: 'The task as it is now.',
      resolve: ({ id }) => id,
    }),
  }),
});
