// A library whose engine has a copy in a search server; each search waits until that copy has heard of all changes.
import { pino } from 'pino';
import type { Db } from '#platform/db/index.ts';
import { openKeeper } from '#platform/search/copy/keep.ts';
import { openCopiedSearch } from '#platform/search/copy/open-copied.ts';
import { openCopyServer } from '#platform/search/copy/server.ts';
import { openLibrary, postgresOf } from './library.ts';

const log = pino({ level: 'silent' });
export const now = () => new Date('2026-11-26T12:00:00Z');

/** What reaches a search server. */
export interface Reached {
  url: string;
  key: string;
}

/** Opens the engine and its keeper. */
export function openCopied(db: Db, reached: Reached) {
  const server = openCopyServer(reached);
  const keeper = openKeeper({ db, server, log });
  const search = openCopiedSearch({ db, log, server }, postgresOf(db));
  const keep = () => keeper.keep({ now, signal: AbortSignal.timeout(60_000) });
  const reconcile = () => keeper.reconcile({ now, signal: AbortSignal.timeout(60_000) });
  return { server, search, keep, reconcile, mayHold: keeper.mayHold };
}

/** Opens a library over it. `engines` counts what answered. */
export function openCopiedLibrary(db: Db, reached: Reached) {
  const opened = openCopied(db, reached);
  const engines = new Map<string, number>();
  const library = openLibrary(db, {
    ...opened.search,
    async search(scope, request, page) {
      await opened.keep();
      const found = await opened.search.search(scope, request, page);
      const name = `${found.engine}${found.isDegraded ? ' degraded' : ''}`;
      engines.set(name, (engines.get(name) ?? 0) + 1);
      return found;
    },
  });
  return { ...opened, library, engines };
}
