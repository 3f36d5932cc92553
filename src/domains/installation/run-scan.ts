// The job of a scan: one page after the other, politely, until there are no more, the time is up or somebody cancels it.
// Where it stands is in the database, so any process can go on with it; a page that was looked at twice is stored once.
import { setTimeout as pause } from 'node:timers/promises';
import { readSite } from '#domains/visitors/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { isUnderWay } from './cancel-scan.ts';
import { scanSubject, siteScanEnded, siteScanStarted, tellScan } from './events.ts';
import { type Looking, lookAtPage, NOWHERE, unread } from './look-at-page.ts';
import { openRobots, USER_AGENT } from './open-robots.ts';
import { isInScope } from './pages/crawl-scope.ts';
import {
  readNextPage,
  readScan,
  type ScanKey,
  type ScanRow,
  savePage,
  writeScan,
} from './store.ts';

type Needs = Pick<Platform, 'db' | 'events' | 'clock' | 'outbound' | 'publicUrl'>;

/** between two pages, for a website has visitors too */
const PAUSE_MS = 500;
/** of work, over all tries */
const MOST_WORK_MS = 15 * 60_000;

/**
 * Does a scan, or what is left of it.
 * @param options.signal aborts it at once; another try goes on
 * @param options.pauseMs between two pages; for tests
 * @param options.mostWorkMs how long it may be worked at; for tests
 * @returns what became of it
 */
export async function runScan(
  platform: Needs,
  key: ScanKey,
  options: { signal?: AbortSignal; pauseMs?: number; mostWorkMs?: number } = {},
): Promise<string> {
  const { signal, pauseMs = PAUSE_MS, mostWorkMs = MOST_WORK_MS } = options;
  let scan = await begin(platform, key);
  if (!scan) return 'scan gone, or over';
  const looking = await lookingFor(platform, scan);
  const mayGo = (url: URL) => isInScope(url, looking.scope);
  const robots = openRobots(platform.outbound, mayGo, looking.headers);

  for (let isFirst = true; ; isFirst = false) {
    signal?.throwIfAborted();
    const next = await readNextPage(platform.db.prisma, key);
    if (!next) return end(platform, key, {});
    if (scan.workedMs >= mostWorkMs) return end(platform, key, { isCut: true });
    const startedMs = performance.now();
    const { problem, delayMs } = await robots.ask(next.url, signal);
    if (!isFirst && !problem) await pause(Math.max(pauseMs, delayMs), undefined, { signal });
    const looked = problem
      ? { page: unread(problem), found: NOWHERE }
      : await lookAtPage(looking, next, signal);
    const workedMs = Math.round(performance.now() - startedMs);
    const saved = await change(platform, key, (tx, held) =>
      savePage(tx, held, next.n, looked.page, looked.found, workedMs),
    );
    if (!saved) return 'cancelled';
    scan = saved;
  }
}

/** Writes down that a scan will not be done. */
export function failScan(platform: Omit<Needs, 'outbound' | 'publicUrl'>, key: ScanKey) {
  return end(platform, key, { failure: 'GIVEN_UP' });
}

/** Begins a scan that waits; goes on with one that runs. @returns null when it is over */
function begin(platform: Needs, key: ScanKey): Promise<ScanRow | null> {
  return change(platform, key, async (tx, scan) => {
    if (scan.state === 'RUNNING') return scan;
    const startedAt = platform.clock.now(key.accountId);
    const running = await writeScan(tx, key, { state: 'RUNNING', startedAt });
    await tellScan(platform, tx, running, siteScanStarted, startedAt);
    return running;
  });
}

async function end(
  platform: Omit<Needs, 'outbound' | 'publicUrl'>,
  key: ScanKey,
  { failure, isCut }: { failure?: string; isCut?: boolean },
): Promise<string> {
  const ended = await change(platform, key, async (tx, scan) => {
    const endedAt = platform.clock.now(key.accountId);
    const why = failure ?? (scan.pagesRead === 0 ? await firstProblem(tx, key) : null);
    const fields = { endedAt, failure: why, isCut: isCut || scan.isCut };
    const state = why === null ? 'DONE' : 'FAILED';
    const written = await writeScan(tx, key, { ...fields, state });
    await tellScan(platform, tx, written, siteScanEnded, endedAt);
    return written;
  });
  if (!ended) return 'already over';
  return `${ended.state.toLowerCase()}, pages read: ${ended.pagesRead}`;
}

async function firstProblem(tx: Tx, { accountId, scanId }: ScanKey): Promise<string | null> {
  const page = await tx.scannedPage.findFirst({
    where: { accountId, scanId, problem: { not: null } },
    orderBy: { n: 'asc' },
    select: { problem: true },
  });
  return page?.problem ?? null;
}

/** Changes a scan that is under way, alone. @returns null when it is over or gone */
function change(
  { db, events }: Pick<Needs, 'db' | 'events'>,
  key: ScanKey,
  write: (tx: Tx, scan: ScanRow) => Promise<ScanRow>,
): Promise<ScanRow | null> {
  return db.transaction(async (tx) => {
    await events.lock(tx, key.accountId, [scanSubject(key.scanId)]);
    const scan = await readScan(tx, key.accountId, key.scanId);
    return scan && isUnderWay(scan) ? write(tx, scan) : null;
  });
}

async function lookingFor(platform: Needs, scan: ScanRow): Promise<Looking> {
  const { accountId, companyId, url } = scan;
  const site = await readSite(platform.db.prisma, accountId, companyId);
  const publicUrl = platform.publicUrl();
  return {
    outbound: platform.outbound,
    scope: { url, domains: site?.domains ?? [] },
    headers: {
      'user-agent': `${USER_AGENT}/1 (+${publicUrl})`,
      accept: 'text/html,application/xhtml+xml',
    },
    publicUrl,
  };
}
