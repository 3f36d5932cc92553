// The search engine with a copy of its index in a search server: what that server can answer it answers, what it cannot,
// what reaches too far there, and all while it is not there or lacks what changed, is answered from the database. The index
// here stays the one that is written.
import type { Db } from '#platform/db/index.ts';
import type { Log } from '#platform/log/index.ts';
import { MalformedCursor } from '#values/cursor.ts';
import { type SearchEngine, SearchTimedOut } from '../port.ts';
import { askCopy, isForCopy } from './ask.ts';
import { readLagging } from './changes.ts';
import { detailOf, faultOf } from './faults.ts';
import type { CopyServer } from './server.ts';
import { isElsewhere, readCopy } from './state.ts';

/** so long it is not asked after it failed: a search must not wait for a server that is down */
const REST_MS = 10_000;
/** one search may be late by itself; so many, with no answer between them, and the server is down */
const MOST_LATE = 3;
/** what changed so long ago is missed by who searches: an account's searches do not ask a copy without it */
const LAG_MS = 60_000;
/** so long it is believed which accounts those are */
const LAG_KNOWN_MS = 3_000;

/** Opens the engine over the one in the database. */
export function openCopiedSearch(
  { db, log, server }: { db: Db; log: Log; server: CopyServer },
  own: SearchEngine,
): SearchEngine {
  let restsUntil = 0;
  let late = 0;
  let lag = { until: 0, accounts: Promise.resolve(new Set<string>()) };
  const lagging = (): Promise<Set<string>> => {
    if (performance.now() >= lag.until) {
      const before = new Date(Date.now() - LAG_MS);
      lag = { until: performance.now() + LAG_KNOWN_MS, accounts: readLagging(db, before) };
      // a look that failed is not kept
      lag.accounts.catch(() => {
        lag.until = 0;
      });
    }
    return lag.accounts;
  };
  const fail = (error: unknown): void => {
    const fault = faultOf(error);
    late = fault === 'late' ? late + 1 : 0;
    const rests = fault === 'unreached' || late >= MOST_LATE;
    if (rests) restsUntil = performance.now() + REST_MS;
    log.warn(
      { reason: (error as Error).name, detail: detailOf(error), rests },
      'the search server does not answer: the database does',
    );
  };
  return {
    ...own,
    async search(scope, request, page) {
      if (!isForCopy(request)) return own.search(scope, request, page);
      const degraded = async () => ({
        ...(await own.search(scope, request, page)),
        isDegraded: true,
      });
      if (performance.now() < restsUntil) return degraded();
      // who cannot tell whether the copy lacks anything does not ask it
      const [copy, behind] = await Promise.all([readCopy(db), lagging().catch(() => null)]);
      const uid = copy && !isElsewhere(copy, server.digest) ? copy.activeUid : null;
      if (!uid || !behind || behind.has(scope.accountId)) return degraded();
      try {
        const found = await askCopy(server, uid, { scope, request }, page);
        late = 0;
        // the server counts also what the list leaves out
        const countHere = async () => {
          const { total } = await own.search(scope, request, { limit: 1, after: null });
          const { count, isExact } = await total();
          // words that the copy found near are not all near enough for the database
          return {
            count: Math.max(count, found.hits.length),
            isExact: isExact && count >= found.hits.length,
          };
        };
        const total = async () =>
          found.total ??
          countHere().catch((error: unknown) => {
            // what was found is told all the same
            if (error instanceof SearchTimedOut)
              return { count: found.hits.length, isExact: false };
            throw error;
          });
        return { ...found, total, engine: 'MEILISEARCH', isDegraded: false };
      } catch (error) {
        if (error instanceof MalformedCursor) throw error;
        // nothing is wrong with the server: that question reaches too far for it
        if (error instanceof SearchTimedOut) return own.search(scope, request, page);
        fail(error);
        return degraded();
      }
    },
  };
}
