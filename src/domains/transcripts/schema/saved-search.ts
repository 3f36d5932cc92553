// SavedSearch, the list of them, and how what they find is heard.
import { Actor } from '#domains/accounts/index.ts';
import { Event, implementEvent } from '#domains/activity/index.ts';
import { Call } from '#domains/calls/index.ts';
import { builder } from '#graphql/builder.ts';
import { defineNode } from '#graphql/node.ts';
import { readId } from '#graphql/read-id.ts';
import type { StoredEvent } from '#platform/events/index.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import { followSearch } from '../search/saved/follow-search.ts';
import { findSearches, listSearches, MOST_SEARCHES } from '../search/saved/read-searches.ts';
import type { SearchRow } from '../search/saved/store-searches.ts';
import { Speaker } from './transcript.ts';

export const SavedSearch = defineNode<SearchRow>('SavedSearch', (ids, { platform, viewer }) =>
  findSearches(platform, viewer, ids),
);

const all = 'Null = all.';
const idsOf = (type: 'Company' | 'Tracker', ids: readonly string[] | null) =>
  ids?.map((id) => encodeGlobalId(type, id)) ?? null;

const SavedSearchFilter = builder.objectRef<SearchRow['filter']>('SavedSearchFilter').implement({
  description: 'The filter of a saved search, in the words of TranscriptSearchFilter.',
  fields: (t) => ({
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
    tags: t.stringList({
      nullable: true,
      description: all,
      resolve: ({ tags }) => tags && [...tags],
    }),
    speaker: t.expose('speaker', { type: Speaker, nullable: true, description: all }),
    startedFrom: t.expose('occurredFrom', {
      type: 'DateTime',
      nullable: true,
      description: all,
    }),
    startedBefore: t.expose('occurredBefore', {
      type: 'DateTime',
      nullable: true,
      description: all,
    }),
  }),
});

SavedSearch.implement({
  description:
    'A search of transcripts that is kept: SEARCH_MATCHED tells of each transcript that it finds from then on. It is of the account: whoever may read transcripts sees it, but for one that names a company which they do not see.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'What it is called.' }),
    query: t.exposeString('query', {
      description: 'What is looked for, as searchTranscripts takes it.',
    }),
    filter: t.expose('filter', { type: SavedSearchFilter, description: 'Where it looks.' }),
    maker: t.field({ type: Actor, description: 'Who made it.', resolve: ({ madeBy }) => madeBy }),
    version: t.exposeInt('version', { description: 'Rises with every change.' }),
  }),
});

builder.queryField('savedSearches', (t) =>
  t.field({
    type: [SavedSearch],
    description: `The saved searches that the viewer sees, by name; an account has at most ${MOST_SEARCHES}.`,
    extensions: { listSize: MOST_SEARCHES },
    resolve: (_root, _args, { platform, viewer }) => listSearches(platform, viewer),
  }),
);

implementEvent({
  typename: 'SearchEvent',
  types: ['search.matched'],
  description:
    'A saved search finds a transcript: one that has come, or one whose words a person has changed. It is told once for each time.',
  fields: (t) => ({
    savedSearch: t.field({
      type: SavedSearch,
      nullable: true,
      description:
        'The search, as it is now; null when it was deleted, or names a company that the viewer does not see.',
      resolve: ({ payload }) => String(payload.savedSearchId),
    }),
    call: t.field({
      type: Call,
      nullable: true,
      description:
        'The call whose transcript it is; null when it was erased, or without the scope CALLS_READ.',
      resolve: ({ payload }) => String(payload.callId),
    }),
  }),
});

builder.subscriptionField('searchMatched', (t) =>
  t.field({
    type: Event,
    description:
      'Follows what one saved search finds, each a SearchEvent, in the companies that the viewer sees: with `after` it replays the log behind the cursor and goes on live, with no gap and no repeat; without it, it starts now. Over SSE a Last-Event-ID header takes the place of `after`. Once the search is deleted nothing more comes. A cursor that cannot be resumed answers CURSOR_EXPIRED, as `events` does.',
    args: {
      savedSearchId: t.arg.id({ required: true, description: 'Which saved search.' }),
      after: t.arg({ type: 'Cursor', description: 'Resume behind this cursor.' }),
    },
    subscribe: (_root, { savedSearchId, after }, context) =>
      followSearch(context, readId(savedSearchId, 'SavedSearch', 'savedSearchId'), after),
    resolve: (event) => event as StoredEvent,
  }),
);
