// The inbox: where interactions stand, and the list of them.
import { Actor } from '#domains/accounts/index.ts';
import { builder } from '#graphql/builder.ts';
import { pageArgs, readPage } from '#graphql/connection.ts';
import type { Context } from '#graphql/context.ts';
import { readId } from '#graphql/read-id.ts';
import { SortDirection } from '#graphql/sort-direction.ts';
import { countInbox, listInbox, placesOf } from '../read-inbox.ts';
import { requireView } from '../read-views.ts';
import { InboxFilterInput, InboxState, readInboxFilter } from './inbox-filter.ts';
import { Interaction, readAsChannel } from './interaction.ts';
import { InteractionConnection } from './lead-timeline.ts';

type Place = Awaited<ReturnType<typeof placesOf>>[number];

const InboxPlace = builder.objectRef<Place>('InboxPlace').implement({
  description: 'Where an interaction stands in the inbox.',
  fields: (t) => ({
    state: t.expose('inboxState', { type: InboxState, description: 'Where it stands.' }),
    snoozedUntil: t.expose('snoozedUntil', {
      type: 'DateTime',
      nullable: true,
      description: 'Of SNOOZED: when it is ACTIVE again.',
    }),
    assignee: t.field({
      type: Actor,
      nullable: true,
      description: 'The user who takes care of it; null = nobody yet.',
      resolve: ({ assigneeId }) => (assigneeId === null ? null : `user:${assigneeId}`),
    }),
    isRead: t.exposeBoolean('isRead', {
      description: 'Whether the asking person has seen it; false for keys.',
      extensions: { ofAsker: true },
    }),
    answerDueAt: t.expose('answerDueAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Until when somebody is to answer (Company.inboxSettings); null = not measured.',
    }),
    answeredAt: t.expose('answeredAt', {
      type: 'DateTime',
      nullable: true,
      description:
        'When it was answered since they last wrote: an agent’s answer left, or it became REVIEWED; null = not yet.',
    }),
    isOverdue: t.boolean({
      description: 'Whether nobody answered in time so far.',
      resolve: ({ answeredAt, answerDueAt }, _args, { platform, viewer }) =>
        answeredAt === null &&
        answerDueAt !== null &&
        answerDueAt <= platform.clock.now(viewer.accountId),
    }),
  }),
});

builder.interfaceFields(Interaction, (t) => ({
  inbox: t.loadable({
    type: InboxPlace,
    description: 'Where it stands in the inbox.',
    load: (ids: string[], { platform, viewer }: Context) => placesOf(platform, viewer, ids),
    resolve: (row) => row.id,
  }),
}));

const InboxOrderField = builder.enumType('InboxOrderField', {
  description: 'What the inbox is sorted by.',
  values: { OCCURRED_AT: { description: 'By the time they got in touch.' } } as const,
});

const InboxOrder = builder.inputType('InboxOrder', {
  description: 'How the inbox is sorted.',
  fields: (t) => ({
    field: t.field({ type: InboxOrderField, required: true, description: 'By what.' }),
    direction: t.field({ type: SortDirection, required: true, description: 'Which way.' }),
  }),
});

const nowOf = ({ platform, viewer }: Context) => platform.clock.now(viewer.accountId);

builder.queryField('inbox', (t) =>
  t.field({
    type: InteractionConnection,
    description:
      'The interactions of every channel that the viewer may read (CALLS_READ, FORMS_READ and so on), newest first unless told otherwise.',
    args: {
      filter: t.arg({ type: InboxFilterInput, description: 'Which interactions.' }),
      savedViewId: t.arg.id({
        description: 'A saved view: only what it leaves, and `filter` too, where both are given.',
      }),
      order: t.arg({ type: InboxOrder, description: 'How they are sorted.' }),
      ...pageArgs(t),
    },
    resolve: async (_root, args, context) => {
      const { platform, viewer } = context;
      const id = readId(args.savedViewId, 'SavedView', 'savedViewId');
      const view = id ? await requireView(platform, viewer, id) : null;
      const filters = [readInboxFilter(args.filter), ...(view ? [view.filter] : [])];
      const direction = args.order?.direction ?? 'desc';
      const now = nowOf(context);
      return readPage(args, {
        rows: async (page) => {
          const entries = await listInbox(platform, viewer, { filters, direction, now, ...page });
          const rows = await Promise.all(entries.map((entry) => readAsChannel(entry, context)));
          return rows.filter((row) => row !== null);
        },
        count: (cap) => countInbox(platform, viewer, { filters, now }, cap),
        sortValue: (row) => row.occurredAt.toISOString(),
      });
    },
  }),
);
