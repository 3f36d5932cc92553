// The search engine with a copy of its index in a search server: what that server can answer it answers, what it cannot,
// and all while it is not there, is answered from the database. The index here stays the one that is written.
import type { Db } from '#platform/db/index.ts';
import type { Log } from '#platform/log/index.ts';
import { MalformedCursor } from '#values/cursor.ts';
import { type SearchEngine, SearchTimedOut } from '../port.ts';
import { askCopy, isForCopy } from './ask.ts';
import type { CopyServer } from './server.ts';
import { readCopy } from './state.ts';

/** so long it is not asked after it failed: a search must not wait for a server that is down */
const REST_MS = 10_000;

/** Opens the engine over the one in the database. */
export function openCopiedSearch(
  { db, log, server }: { db: Db; log: Log; server: CopyServer },
  own: SearchEngine,
): SearchEngine {
  let restsUntil = 0;
  return {
    ...own,
    async search(scope, request, page) {
      if (!isForCopy(request)) return own.search(scope, request, page);
      const degraded = async () => ({
        ...(await own.search(scope, request, page)),
        isDegraded: true,
      });
      if (performance.now() < restsUntil) return degraded();
      try {
        const uid = (await readCopy(db))?.activeUid;
        if (!uid) return await degraded();
        const found = await askCopy(server, uid, { scope, request }, page);
        return { ...found, engine: 'MEILISEARCH', isDegraded: false };
      } catch (error) {
        if (error instanceof SearchTimedOut || error instanceof MalformedCursor) throw error;
        restsUntil = performance.now() + REST_MS;
        log.warn(
          { reason: (error as Error).name },
          'the search server does not answer: the database does',
        );
        return degraded();
      }
    },
  };
}
