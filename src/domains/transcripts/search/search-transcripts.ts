// Finds transcripts by what was said, and shows where: the matching words of the best passages, with their moments in
// the recording. The text and the ranges come from the stored segments, so they always fit each other.
import { authorize } from '#domains/accounts/index.ts';
import type { TranscriptSegment } from '#generated/prisma/client.ts';
import type { Db } from '#platform/db/index.ts';
import {
  MAX_QUERY_CHARACTERS,
  MAX_QUERY_WORDS,
  parseQuery,
  type SearchEngine,
  type SearchFacets,
  type SearchFilter,
  type SearchPage,
  type SearchRequest,
} from '#platform/search/index.ts';
import type { RowKey } from '#values/cursor.ts';
import { invalidInput } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import { segmentsAt } from '../read-transcripts.ts';
import { type Moment, momentsOfRanges, type TimedWord } from './moments-of-ranges.ts';

type Slice = { db: Db; search: SearchEngine };

/** What is searched for. */
export interface TranscriptQuery {
  /** as the user typed it: at most 200 characters and 10 words, one of which is not excluded */
  query: string;
  filter: SearchFilter;
}

/** A segment in which words of the query were said. */
export interface TranscriptMatch {
  segment: TranscriptSegment;
  words: Moment[];
}

/** A found transcript. */
export interface TranscriptHit {
  /** the transcript's */
  id: string;
  callId: string;
  score: number;
  place: RowKey;
  matches: TranscriptMatch[];
}

/**
 * One page of what a query finds, best first, newest first among equals.
 * @returns `total()`: how many transcripts there are in all; `isLast`: nothing follows. What was erased a moment ago is left
 *   out, so that a page may hold fewer than `limit` and not be the last, but never none
 * @throws Forbidden; Refused INVALID_INPUT on `query`; SearchTimedOut; MalformedCursor
 */
export async function searchTranscripts(
  { db, search }: Slice,
  viewer: Viewer,
  query: TranscriptQuery,
  page: { limit: number; after: RowKey | null },
): Promise<
  { hits: TranscriptHit[]; isLast: boolean } & Pick<SearchPage, 'total' | 'engine' | 'isDegraded'>
> {
  authorize(viewer, 'transcripts.read');
  const { accountId } = viewer;
  const found = await search.search(viewer, readRequest(query), page);
  const segments = await segmentsAt(
    db,
    accountId,
    found.hits.flatMap(({ id, passages }) => passages.map((n) => ({ transcriptId: id, n }))),
  );
  const segmentsOf = Map.groupBy(segments, ({ transcriptId }) => transcriptId);
  const hits = found.hits.map(({ id, subjectId, score, place }) => {
    const matches = (segmentsOf.get(id) ?? []).map((segment) => ({
      segment,
      words: momentsOfRanges(
        { ...segment, words: segment.words as unknown as TimedWord[] },
        found.highlight(segment),
      ),
    }));
    return { id, callId: subjectId, score, place, matches };
  });
  // one without matches was erased a moment ago
  const there = hits.filter(({ matches }) => matches.length > 0);
  const last = found.hits.at(-1);
  const isLast = found.hits.length < page.limit;
  if (there.length === 0 && last && !isLast) {
    return searchTranscripts({ db, search }, viewer, query, { ...page, after: last.place });
  }
  return { ...found, hits: there, isLast };
}

/**
 * Counts what a query finds by company, tracker, tag, speaker, and month in the account's time zone.
 * @throws Forbidden; Refused INVALID_INPUT on `query`; SearchTimedOut
 */
export async function countTranscripts(
  { db, search }: Slice,
  viewer: Viewer,
  query: TranscriptQuery,
): Promise<SearchFacets> {
  authorize(viewer, 'transcripts.read');
  const { timeZone } = await db.prisma.account.findUniqueOrThrow({
    where: { id: viewer.accountId },
    select: { timeZone: true },
  });
  return search.facets(viewer, readRequest(query), timeZone);
}

/** What a query asks an engine. Throws Refused INVALID_INPUT on `query`. */
export function readRequest({ query, filter }: TranscriptQuery): SearchRequest {
  if (query.length > MAX_QUERY_CHARACTERS) {
    throw invalidInput(
      'query',
      `query takes at most ${MAX_QUERY_CHARACTERS} characters, not ${query.length}. Shorten it.`,
    );
  }
  const { clauses, words } = parseQuery(query);
  if (words > MAX_QUERY_WORDS) {
    throw invalidInput(
      'query',
      `query takes at most ${MAX_QUERY_WORDS} words, not ${words}. Leave the common ones out.`,
    );
  }
  if (clauses.length === 0) {
    throw invalidInput('query', 'query holds no word to look for: a word has letters or digits.');
  }
  if (clauses.every(({ negated }) => negated)) {
    throw invalidInput('query', 'query needs a word to look for; -word only takes calls away.');
  }
  return { clauses, filter };
}
