// A subscriber of the log: a position and nothing else. Inside the window it reads memory; behind it, pages from the
// database. It is pulled, so one that stalls costs nothing and loses nothing.
import type { Db } from '#platform/db/index.ts';
import { comparePositions, type Position } from '#values/cursor.ts';
import { abortable } from './abortable.ts';
import { judgeEarlierEpoch, judgePosition } from './cursor-check.ts';
import { type EventFilter, matches, type StoredEvent } from './events.ts';
import { type Reading, readEvents } from './reader.ts';
import type { Seats } from './seats.ts';
import type { News, Tailer } from './tailer.ts';
import { throughOutages } from './through-outages.ts';

/** What to follow; without `after` from now on. */
export interface FollowRequest {
  accountId: string;
  after?: Position | undefined;
  filter: EventFilter;
  signal: AbortSignal;
  /** see ReadRequest; for tests */
  scan?: number | undefined;
}

const PAGE = 200;

const later = (a: Position, b: Position) => (comparePositions(a, b) < 0 ? b : a);
const earlier = (a: Position, b: Position) => (comparePositions(a, b) < 0 ? a : b);

/**
 * Replays what an account's log holds after a position and goes on with what comes, without gap or repetition. Where it
 * begins is fixed by this call, before the first next(). Outages of the database are waited for.
 * @returns a generator that ends when the signal aborts or the tailer stops
 * @throws (from next) CursorExpired, also when a stalled reader was overtaken by retention
 */
export function followEvents(
  deps: { db: Db; tailer: Tailer; seats: Seats },
  request: FollowRequest,
): AsyncGenerator<StoredEvent, void> {
  const { tailer } = deps;
  const { window } = tailer;
  const start = request.after ?? window.head;
  const wanted = (event: StoredEvent) =>
    event.accountId === request.accountId && matches(event, request.filter);

  return abortable(request.signal, async function* (signal): AsyncGenerator<StoredEvent, void> {
    let position = start; // every wanted event up to here has been given out
    let n: number | undefined; // its place in the window, unknown until it is inside
    if (request.after) await throughOutages(signal, () => checkPosition(deps.db, start));
    while (!signal.aborted) {
      if (n === undefined || n < window.first) {
        if (comparePositions(position, window.floor) < 0) {
          const reading = await readPage(deps, request, position, signal);
          if (!reading) return;
          for (const event of reading.events) {
            yield event;
            if (signal.aborted) return;
            position = event.position;
          }
          // not beyond the last event that we know of: after a crash, the ids of transactions that wrote nothing come again
          position = later(position, earlier(reading.reached, window.head));
        }
        n = comparePositions(position, window.floor) < 0 ? undefined : window.numberAfter(position);
        continue;
      }
      if (n < window.next) {
        const event = window.at(n);
        n += 1;
        if (!event || comparePositions(event.position, position) <= 0) continue;
        position = event.position;
        if (wanted(event)) yield event;
        continue;
      }
      const news = await nextNews(tailer, request.accountId, signal);
      if (!news) return;
      n = news.n;
      position = later(position, news.before);
    }
  });
}

/** The account's next news, or null when the signal aborts or the tailer stops. */
function nextNews(tailer: Tailer, accountId: string, signal: AbortSignal): Promise<News | null> {
  if (signal.aborted) return Promise.resolve(null);
  return new Promise((resolve) => {
    let cancel = () => {};
    const abort = () => {
      cancel();
      resolve(null);
    };
    signal.addEventListener('abort', abort, { once: true });
    cancel = tailer.onNews(accountId, (news) => {
      signal.removeEventListener('abort', abort);
      resolve(news);
    });
  });
}

/**
 * Judges a position that a client kept.
 * @throws CursorExpired
 */
export async function checkPosition(db: Db, position: Position): Promise<void> {
  const { edge } = await readEvents(db.pool, {
    accountId: null,
    after: position,
    limit: 0,
    filter: {},
  });
  judgePosition(position, edge);
  if (position.epoch < edge.epoch) await judgeEarlierEpoch(db.pool, position);
}

async function readPage(
  deps: { db: Db; seats: Seats },
  { accountId, filter, scan }: FollowRequest,
  after: Position,
  signal: AbortSignal,
): Promise<Reading | undefined> {
  const reading = await throughOutages(signal, () =>
    deps.seats.take(() =>
      readEvents(deps.db.pool, { accountId, after, limit: PAGE, filter, scan }),
    ),
  );
  if (reading) judgePosition(after, reading.edge);
  return reading;
}
