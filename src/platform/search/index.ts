// The door to search: the port, the engine in PostgreSQL behind it, its copy in a search server (Meilisearch), what reads a user's query, and the rebuild of an index.

export type { CopyKeeper } from './copy/keep.ts';
export { endCopy } from './copy/state.ts';
export { openSearch } from './open-search.ts';
export {
  MAX_QUERY_CHARACTERS,
  MAX_QUERY_WORDS,
  parseQuery,
} from './parse-query.ts';
export * from './port.ts';
export { openPostgresSearch } from './postgres.ts';
export { beginRebuild, type RebuildSource, runRebuild } from './rebuild.ts';
