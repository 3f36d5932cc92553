// createSavedView, updateSavedView and deleteSavedView.
import { defineMutation, expectedVersion, idempotencyKey } from '#graphql/mutation.ts';
import { readId } from '#graphql/read-id.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import { createSavedView, deleteSavedView, updateSavedView } from '../save-view.ts';
import { InboxFilterInput, readInboxFilter } from './inbox-filter.ts';
import { SavedView } from './saved-view.ts';

const SHARED =
  'true: with everybody of the account who sees the companies of the filter, which takes the role ADMIN or MANAGER. Who is kept to some companies names them.';

defineMutation('createSavedView', {
  description:
    'Gives a filter of the inbox a name: for oneself, or shared. A shared one with trackers names their companies too.',
  input: (t) => ({
    name: t.string({ required: true, description: '1 to 100 characters.' }),
    filter: t.field({ type: InboxFilterInput, required: true, description: 'What it leaves.' }),
    isShared: t.boolean({ description: `${SHARED} Left out: not shared; those of keys are.` }),
    ...idempotencyKey(t),
  }),
  run: ({ filter, ...input }, { platform, viewer }) =>
    createSavedView(platform, viewer, { ...input, filter: readInboxFilter(filter) }),
  payload: (t) => ({
    savedView: t.field({
      type: SavedView,
      nullable: true,
      description: 'The new view.',
      resolve: (row) => row,
    }),
  }),
});

defineMutation('updateSavedView', {
  description: 'Changes a saved view: one’s own, or a shared one with the right to share.',
  input: (t) => ({
    savedViewId: t.id({ required: true, description: 'Which view.' }),
    name: t.string({ description: '1 to 100 characters.' }),
    filter: t.field({ type: InboxFilterInput, description: 'Replaces the one before.' }),
    isShared: t.boolean({ description: `${SHARED} false: its maker’s alone again.` }),
    ...expectedVersion(t),
  }),
  run: ({ filter, savedViewId, ...input }, { platform, viewer }) =>
    updateSavedView(platform, viewer, {
      ...input,
      savedViewId: readId(savedViewId, 'SavedView', 'savedViewId'),
      filter: filter && readInboxFilter(filter),
    }),
  payload: (t) => ({
    savedView: t.field({
      type: SavedView,
      nullable: true,
      description: 'The view as it is now; null when it is its maker’s alone again.',
      resolve: ({ id }) => id,
    }),
  }),
});

defineMutation('deleteSavedView', {
  description: 'Deletes a saved view: one’s own, or a shared one with the right to share.',
  input: (t) => ({
    savedViewId: t.id({ required: true, description: 'Which view.' }),
    ...expectedVersion(t),
  }),
  run: ({ savedViewId, ...input }, { platform, viewer }) =>
    deleteSavedView(platform, viewer, {
      ...input,
      savedViewId: readId(savedViewId, 'SavedView', 'savedViewId'),
    }),
  payload: (t) => ({
    deletedSavedViewId: t.id({
      nullable: true,
      description: 'The id that the view had.',
      resolve: ({ id }) => encodeGlobalId('SavedView', id),
    }),
  }),
});
