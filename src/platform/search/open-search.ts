// Opens search: the engine in the database, and where a search server is set, its copy there with the keeper of that.
import type { Db, SqlPart } from '#platform/db/index.ts';
import type { Log } from '#platform/log/index.ts';
import { type CopyKeeper, openKeeper } from './copy/keep.ts';
import { openCopiedSearch } from './copy/open-copied.ts';
import { openCopyServer } from './copy/server.ts';
import type { SearchEngine } from './port.ts';
import { openPostgresSearch } from './postgres.ts';

/**
 * Opens search. Nothing is asked of the search server yet.
 * @param options.tags see openPostgresSearch
 * @param options.server the address of a Meilisearch server, and a key that may do everything there; null: there is none
 */
export function openSearch(options: {
  db: Db;
  tags: SqlPart;
  log: Log;
  server: { url: string; key: string } | null;
}): { search: SearchEngine; copy: CopyKeeper | null } {
  const { db, log } = options;
  const search = openPostgresSearch(options);
  if (!options.server) return { search, copy: null };
  const server = openCopyServer(options.server);
  return {
    search: openCopiedSearch({ db, log, server }, search),
    copy: openKeeper({ db, server, log }),
  };
}
