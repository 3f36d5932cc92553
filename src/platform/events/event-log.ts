// Opens the event log of one process: append inside a transaction, read pages, follow live, signal in passing.
import type { Clock } from '#platform/clock/index.ts';
import type { Db, SqlTx } from '#platform/db/index.ts';
import type { Log } from '#platform/log/index.ts';
import type { Position } from '#values/cursor.ts';
import { appendEvents } from './append.ts';
import type { NewEvent, StoredEvent } from './events.ts';
import { shareExchange } from './exchange.ts';
import { checkPosition, type FollowRequest, followEvents } from './follow.ts';
import { lockSubjects } from './locks.ts';
import { type EventPage, type PageRequest, readPage } from './page.ts';
import { providePartitions } from './partitions.ts';
import { readEvent, readHead } from './reader.ts';
import { createSeats } from './seats.ts';
import { openSignals } from './signals.ts';
import { startTailer } from './tailer.ts';
import type { WindowBounds } from './window.ts';

/** The event log, as domains and doors use it. */
export interface EventLog {
  /** see lockSubjects: before the transaction's first write, all subjects that it will change */
  lock(tx: SqlTx, accountId: string, subjects: readonly string[]): Promise<void>;
  /** see appendEvents: one INSERT, checked payloads, what is told late as told now; readers wake after the commit */
  append(tx: SqlTx, accountId: string, events: readonly NewEvent[]): Promise<void>;
  /** see readPage: the account's next events after a position, 1–1,000 of them */
  page(query: PageRequest): Promise<EventPage>;
  /** One event of the account by its id; null when there is none or it is no longer kept. */
  read(accountId: string, id: string): Promise<StoredEvent | null>;
  /** see followEvents: replay then live; without `after` from now, fixed when follow() is called */
  follow(request: FollowRequest): AsyncGenerator<StoredEvent, void>;
  /** the position of the last event that can be read now */
  head(): Promise<Position>;
  /** Throws CursorExpired when events cannot be followed from here without a gap. */
  checkCursor(position: Position, accountId: string): Promise<void>;
  /** Tells whoever listens now, in any process; never stored, may be lost. Under 7,900 bytes. */
  signal(accountId: string, topic: string, data: object): void;
  /** Hears signals from this call on; keeps the last 100 that were not taken yet. */
  signals(accountId: string, topic: string, signal: AbortSignal): AsyncGenerator<object, void>;
  /** event_tail_lag: for how long committed events have waited to be read, in milliseconds; 0 = none waits */
  lagMs(): number;
  /** Ends every follower and the tailer. */
  stop(): Promise<void>;
}

const BOUNDS: WindowBounds = { events: 10_000, bytes: 64 * 1024 * 1024 };
const CATCH_UP_READERS = 8;

/**
 * Opens the log and starts the process's tailer. Makes the partitions of the coming months where they are missing.
 * @param options.clock tells what is told late; without it nothing is
 * @param options.bounds of the shared window; for tests
 */
export async function openEventLog(options: {
  db: Db;
  log: Log;
  clock?: Clock;
  bounds?: WindowBounds;
}): Promise<EventLog> {
  const { db, log, clock, bounds = BOUNDS } = options;
  // events of a month without its partition go to the default one, so this may fail without harm
  await providePartitions(db.pool, new Date()).catch((err) =>
    log.warn({ err }, 'the event partitions of the coming months were not made'),
  );
  const exchange = shareExchange(db, log);
  const tailer = await startTailer({ db, log, exchange, bounds }).catch(async (error) => {
    await exchange.release();
    throw error;
  });
  const signals = openSignals(exchange, log);
  const wake = (xid: bigint) => exchange.sendGreatest('switchboard_events', xid);
  const seats = createSeats(CATCH_UP_READERS);
  return {
    lock: lockSubjects,
    append: (tx, accountId, events) =>
      appendEvents(tx, accountId, events, clock?.now(accountId) ?? null, wake),
    page: (query) => readPage(db, query),
    read: (accountId, id) => readEvent(db.pool, accountId, id),
    follow: (request) => followEvents({ db, tailer, seats }, request),
    head: () => readHead(db.pool),
    checkCursor: (position) => checkPosition(db, position),
    signal: signals.send,
    signals: signals.hear,
    lagMs: tailer.lagMs,
    async stop() {
      signals.stop();
      await tailer.stop();
      await exchange.release();
    },
  };
}
