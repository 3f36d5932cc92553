// Searches through the schema: an account whose calls are written down, and one who asks.
import { expect } from 'vitest';
import { systemViewer } from '#domains/accounts/index.ts';
import type { Db } from '#platform/db/index.ts';
import { schema } from '#schema';
import { openLibrary } from '#tests/platform/search/library.ts';
import { runOperation } from '#tests/support/operation.ts';
import type { Viewer } from '#values/viewer.ts';

export const SEARCH = `query($query: String!, $filter: TranscriptSearchFilter, $first: Int, $after: Cursor) {
  searchTranscripts(query: $query, filter: $filter, first: $first, after: $after) {
    totalCount totalCountIsExact engine pageInfo { hasNextPage endCursor }
    nodes { score call { id startedAt } transcript { state segments { text } }
      matches { segment { text speaker startMs } words { start end startMs endMs } } }
  } }`;
export const FACETS = `query($query: String!, $filter: TranscriptSearchFilter) {
  searchTranscripts(query: $query, filter: $filter) { totalCount facets {
    companies { count company { id } } trackers { count tracker { id } } tags { count tag } months { count month }
    speakers { count speaker } } } }`;

/** Opens a library that is asked through the schema. */
export function openCounter(db: Db) {
  const library = openLibrary(db);
  const { search } = library;

  /** A new account and its viewer of all rights. */
  const customer = async () => {
    const account = await library.openAccount();
    const viewer = systemViewer(account.accountId, 'TEST', 'test');
    const ask = (source: string, variables: Record<string, unknown>, as: Viewer = viewer) =>
      runOperation(schema, source, variables, { platform: { db, search }, viewer: as });
    const find = async (query: string, more: Record<string, unknown> = {}, as?: Viewer) => {
      const answer = await ask(SEARCH, { query, ...more }, as);
      expect(answer.errors).toBeUndefined();
      return answer.data.searchTranscripts;
    };
    return { ...account, viewer, ask, find };
  };
  return { ...library, customer };
}
