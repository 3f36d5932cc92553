// Query.searchTranscripts: what was said, found by words, with the moments where it was said and counts beside.
import { Call } from '#domains/calls/index.ts';
import { builder } from '#graphql/builder.ts';
import { defineConnection, pageArgs, readPage } from '#graphql/connection.ts';
import type { Context } from '#graphql/context.ts';
import { readIds } from '#graphql/read-id.ts';
import {
  MAX_COUNTED,
  MAX_FACET_VALUES,
  MAX_JUDGED,
  MAX_PASSAGES,
  MAX_QUERY_CHARACTERS,
  MAX_QUERY_WORDS,
  type SearchFilter,
  type SearchPage,
} from '#platform/search/index.ts';
import { findTranscripts } from '../read-transcripts.ts';
import {
  countTranscripts,
  type TranscriptHit as Hit,
  type TranscriptMatch as Match,
  searchTranscripts,
  type TranscriptQuery,
} from '../search/search-transcripts.ts';
import { TranscriptFacets } from './search-facets.ts';
import { Segment, Speaker, Transcript } from './transcript.ts';

/** Which transcripts are looked through. */
export const TranscriptSearchFilter = builder.inputType('TranscriptSearchFilter', {
  description: 'Where to search: every field that is given must hold; of a list, any one.',
  fields: (t) => ({
    companyIds: t.idList({ description: 'Calls of these companies.' }),
    trackerIds: t.idList({ description: 'Calls to these trackers.' }),
    tags: t.stringList({ description: 'Calls with any of these tags, by name.' }),
    speaker: t.field({
      type: Speaker,
      description:
        'The words count only where this speaker said them; what the query excludes, nobody may have said.',
    }),
    startedFrom: t.field({ type: 'DateTime', description: 'Calls begun at or after this.' }),
    startedBefore: t.field({ type: 'DateTime', description: 'Calls begun before this.' }),
  }),
});
type Filter = typeof TranscriptSearchFilter.$inferInput;

const MatchedWord = builder.objectRef<Match['words'][number]>('MatchedWord').implement({
  description: 'One word that was found: where it stands in the text and when it was said.',
  fields: (t) => ({
    start: t.exposeInt('start', {
      description:
        'Its first character in the segment’s text, counted in UTF-16 code units from 0.',
    }),
    end: t.exposeInt('end', { description: 'The character behind its last one.' }),
    startMs: t.exposeInt('startMs', { description: 'Its begin, in ms from the recording’s.' }),
    endMs: t.exposeInt('endMs', { description: 'Its end, in ms from the recording’s begin.' }),
  }),
});

const TranscriptMatch = builder.objectRef<Match>('TranscriptMatch').implement({
  description: 'A segment in which words of the query were said.',
  fields: (t) => ({
    segment: t.expose('segment', { type: Segment, description: 'The segment.' }),
    words: t.expose('words', {
      type: [MatchedWord],
      description: 'The words that were found in it, in order: what to highlight.',
      extensions: { listSize: 2 },
    }),
  }),
});

const TranscriptHit = builder.objectRef<Hit>('TranscriptHit').implement({
  description: 'A transcript that was found.',
  fields: (t) => ({
    call: t.field({
      type: Call,
      nullable: true,
      description: 'The call; null without the scope CALLS_READ.',
      resolve: (hit) => hit.callId,
    }),
    transcript: t.loadable({
      type: Transcript,
      nullable: true,
      description: 'All that was said; null when it was erased a moment ago.',
      load: async (ids: string[], { platform, viewer }: Context) => {
        const rows = await findTranscripts(platform.db, viewer.accountId, ids);
        const byId = new Map(rows.map((row) => [row.id, row]));
        return ids.map((id) => byId.get(id) ?? null);
      },
      resolve: (hit) => hit.id,
    }),
    score: t.exposeFloat('score', {
      description:
        '1 when every word was said as it was written, 0.5 when the last one had to be completed, 0.25 when a word was taken for a misspelling.',
    }),
    matches: t.expose('matches', {
      type: [TranscriptMatch],
      description: `The segments that hold most of the words, in the order of speech; at most ${MAX_PASSAGES}.`,
      extensions: { listSize: 2 },
    }),
  }),
});

const SearchEngine = builder.enumType('SearchEngine', {
  description: 'What answered a search.',
  values: {
    POSTGRES: { description: 'The index in the server’s own database.' },
    MEILISEARCH: { description: 'Its copy in a Meilisearch server.' },
  } as const,
});

/** a page, with what it was asked for and what answered */
type Answered = Pick<SearchPage, 'engine' | 'isDegraded'> & { asked: TranscriptQuery };
const answered = (page: object) => page as Answered;

const TranscriptHitConnection = defineConnection(TranscriptHit, 'TranscriptHit');
builder.objectFields(TranscriptHitConnection, (t) => ({
  engine: t.field({
    type: SearchEngine,
    description: 'What answered. The counts beside come from the database, whatever answered.',
    resolve: (page) => answered(page).engine,
  }),
  isDegraded: t.boolean({
    description:
      'Whether the database answered in place of the search server that is set, because that is down, not filled yet, or has lacked changes of the account for more than a minute: words may be completed and corrected otherwise.',
    resolve: (page) => answered(page).isDegraded,
  }),
  facets: t.field({
    type: TranscriptFacets,
    description: `What was found, counted by its properties: over the first ${MAX_COUNTED} of the list, where a phrase has to be looked for in the texts over those among the first ${MAX_JUDGED}, up to ${MAX_FACET_VALUES} values of each.`,
    resolve: (page, _args, { platform, viewer }) => {
      return countTranscripts(platform, viewer, answered(page).asked);
    },
  }),
}));

builder.queryField('searchTranscripts', (t) =>
  t.field({
    type: TranscriptHitConnection,
    description: `Calls by what was said on them: best first, newest first among equals. All words must have been said, anywhere in the call, in any form of capitals and accents. What holds a phrase is counted among the first ${MAX_JUDGED} that may hold it.`,
    args: {
      query: t.arg.string({
        required: true,
        description: `Up to ${MAX_QUERY_WORDS} words and ${MAX_QUERY_CHARACTERS} characters: word, "a phrase", plumb* (so it begins), -word and -"a phrase" (not said), caller:word and agent:"a phrase" (said by them). There is no OR: it is a word like others. The last word may be unfinished. Unless it stands in quotation marks, a rare word of five letters may be one typo off, of nine two.`,
      }),
      filter: t.arg({ type: TranscriptSearchFilter, description: 'Where to search.' }),
      ...pageArgs(t),
    },
    resolve: async (_root, args, { platform, viewer }) => {
      const asked = { query: args.query, filter: readSearchFilter(args.filter) };
      let answer: Awaited<ReturnType<typeof searchTranscripts>> | undefined;
      const page = await readPage(args, {
        async rows(want) {
          answer = await searchTranscripts(platform, viewer, asked, want);
          return answer.hits;
        },
        count: async () => (await answer?.total()) ?? 0,
        sortValue: (hit) => hit.place.value,
      });
      // what was erased a moment ago left the page shorter, not the list
      const hasNextPage = page.hasNextPage || (page.edges.length > 0 && answer?.isLast === false);
      return {
        ...page,
        hasNextPage,
        asked,
        engine: answer?.engine,
        isDegraded: answer?.isDegraded,
      };
    },
  }),
);

/** The filter as engines take it. Throws Refused INVALID_INPUT for an id of another kind. */
export function readSearchFilter(filter: Filter | null | undefined): SearchFilter {
  if (!filter) return {};
  const { companyIds, trackerIds, tags, speaker, startedFrom, startedBefore } = filter;
  return {
    companyIds: readIds(companyIds, 'Company', 'companyIds') ?? null,
    trackerIds: readIds(trackerIds, 'Tracker', 'trackerIds') ?? null,
    tags: tags ?? null,
    speaker: speaker ?? null,
    occurredFrom: startedFrom ?? null,
    occurredBefore: startedBefore ?? null,
  };
}
