// The door to search: the port, the engine in PostgreSQL behind it, what reads a user's query, and the rebuild of an index.
export {
  MAX_QUERY_CHARACTERS,
  MAX_QUERY_WORDS,
  parseQuery,
} from './parse-query.ts';
export * from './port.ts';
export { openPostgresSearch } from './postgres.ts';
export { beginRebuild, type RebuildSource, runRebuild } from './rebuild.ts';
