// createSavedSearch, updateSavedSearch and deleteSavedSearch.
import { defineMutation, expectedVersion, idempotencyKey } from '#graphql/mutation.ts';
import { readId } from '#graphql/read-id.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import { MOST_SEARCHES } from '../search/saved/read-searches.ts';
import {
  createSavedSearch,
  deleteSavedSearch,
  updateSavedSearch,
} from '../search/saved/save-search.ts';
import { SavedSearch } from './saved-search.ts';
import { readSearchFilter, TranscriptSearchFilter } from './search.ts';

const QUERY =
  'What to look for, as searchTranscripts takes it. Its last word may be unfinished there: with a space behind it, it stands for itself alone.';
const FILTER =
  'Where to look; lists of at most 100. Tags are those that the call has when its transcript comes. Who is kept to some companies names them.';
const WHOSE = 'one’s own, or with the role ADMIN or MANAGER another’s whose companies one sees';

defineMutation('createSavedSearch', {
  description: `Keeps a search of transcripts: SEARCH_MATCHED tells of each transcript that it finds from now on, over \`events\`, \`searchMatched\` and webhooks. An account has at most ${MOST_SEARCHES}.`,
  input: (t) => ({
    name: t.string({ required: true, description: '1 to 100 characters.' }),
    query: t.string({ required: true, description: QUERY }),
    filter: t.field({ type: TranscriptSearchFilter, description: FILTER }),
    ...idempotencyKey(t),
  }),
  run: ({ filter, ...input }, { platform, viewer }) =>
    createSavedSearch(platform, viewer, { ...input, filter: readSearchFilter(filter) }),
  payload: (t) => ({
    savedSearch: t.field({
      type: SavedSearch,
      nullable: true,
      description: 'The new saved search.',
      resolve: (row) => row,
    }),
  }),
});

defineMutation('updateSavedSearch', {
  description: `Changes a saved search: ${WHOSE}. What it found before is not told anew.`,
  input: (t) => ({
    savedSearchId: t.id({ required: true, description: 'Which saved search.' }),
    name: t.string({ description: '1 to 100 characters.' }),
    query: t.string({ description: QUERY }),
    filter: t.field({
      type: TranscriptSearchFilter,
      description: `${FILTER} Replaces the one before; null: everywhere.`,
    }),
    ...expectedVersion(t),
  }),
  run: ({ filter, savedSearchId, ...input }, { platform, viewer }) =>
    updateSavedSearch(platform, viewer, {
      ...input,
      savedSearchId: readId(savedSearchId, 'SavedSearch', 'savedSearchId'),
      filter: filter === undefined ? undefined : readSearchFilter(filter),
    }),
  payload: (t) => ({
    savedSearch: t.field({
      type: SavedSearch,
      nullable: true,
      description: 'The saved search as it is now.',
      resolve: (row) => row,
    }),
  }),
});

defineMutation('deleteSavedSearch', {
  description: `Deletes a saved search: ${WHOSE}. Nothing more is told of it.`,
  input: (t) => ({
    savedSearchId: t.id({ required: true, description: 'Which saved search.' }),
    ...expectedVersion(t),
  }),
  run: ({ savedSearchId, ...input }, { platform, viewer }) =>
    deleteSavedSearch(platform, viewer, {
      ...input,
      savedSearchId: readId(savedSearchId, 'SavedSearch', 'savedSearchId'),
    }),
  payload: (t) => ({
    deletedSavedSearchId: t.id({
      nullable: true,
      description: 'The id that the saved search had.',
      resolve: ({ id }) => encodeGlobalId('SavedSearch', id),
    }),
  }),
});
