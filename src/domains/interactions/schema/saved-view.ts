// SavedView: a named filter of the inbox, and the list of them. What each leaves is counted by inboxCounts.
import { Actor } from '#domains/accounts/index.ts';
import { LeadStatus } from '#domains/leads/index.ts';
import { builder } from '#graphql/builder.ts';
import { defineNode } from '#graphql/node.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import type { InboxFilter } from '../inbox-filter.ts';
import { findViews, listViews, MOST_VIEWS } from '../read-views.ts';
import type { ViewRow } from '../store-views.ts';
import { InboxState, InteractionKind } from './inbox-filter.ts';

export const SavedView = defineNode<ViewRow>('SavedView', (ids, { platform, viewer }) =>
  findViews(platform, viewer, ids),
);

const all = 'Null = all.';
const idsOf = (type: 'Company' | 'Tracker' | 'User', ids: readonly string[] | null | undefined) =>
  ids?.map((id) => encodeGlobalId(type, id)) ?? null;

const SavedViewFilter = builder.objectRef<InboxFilter>('SavedViewFilter').implement({
  description: 'The filter of a saved view, in the words of InboxFilter.',
  fields: (t) => ({
    kinds: t.expose('kinds', { type: [InteractionKind], nullable: true, description: all }),
    companyIds: t.idList({
      nullable: true,
      description: all,
      resolve: ({ companyIds }) => idsOf('Company', companyIds),
    }),
    trackerIds: t.idList({
      nullable: true,
      description: all,
      resolve: ({ trackerIds }) => idsOf('Tracker', trackerIds),
    }),
    tags: t.exposeStringList('tags', { nullable: true, description: all }),
    leadStatuses: t.expose('leadStatuses', {
      type: [LeadStatus],
      nullable: true,
      description: all,
    }),
    states: t.expose('states', { type: [InboxState], nullable: true, description: all }),
    assigneeIds: t.idList({
      nullable: true,
      description: all,
      resolve: ({ assigneeIds }) => idsOf('User', assigneeIds),
    }),
    isMine: t.exposeBoolean('isMine', { nullable: true, description: all }),
    isUnassigned: t.exposeBoolean('isUnassigned', { nullable: true, description: all }),
    isUnread: t.exposeBoolean('isUnread', { nullable: true, description: all }),
    isOverdue: t.exposeBoolean('isOverdue', { nullable: true, description: all }),
  }),
});

SavedView.implement({
  description: 'A named filter of the inbox.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'What it is called.' }),
    filter: t.field({
      type: SavedViewFilter,
      description: 'What it leaves.',
      resolve: ({ filter }) => filter,
    }),
    isShared: t.exposeBoolean('isShared', {
      description: 'Whether everybody of the account who sees its companies has it, or its maker.',
    }),
    maker: t.field({ type: Actor, description: 'Who made it.', resolve: ({ madeBy }) => madeBy }),
    version: t.exposeInt('version', { description: 'Rises with every change.' }),
  }),
});

builder.queryField('savedViews', (t) =>
  t.field({
    type: [SavedView],
    description: `The saved views that the viewer sees, by name: up to ${MOST_VIEWS} of their own and ${MOST_VIEWS} that are shared. What they leave is counted by inboxCounts.`,
    extensions: { listSize: 2 * MOST_VIEWS },
    resolve: (_root, _args, { platform, viewer }) => listViews(platform, viewer),
  }),
);
