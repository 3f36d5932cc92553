// The one reader of the log's end in a process: it fills the shared window and wakes the subscribers of the accounts that
// have something new. It goes on from its position whatever happens to the connections.
import type { Db } from '#platform/db/index.ts';
import type { Log } from '#platform/log/index.ts';
import type { Position } from '#values/cursor.ts';
import type { StoredEvent } from './events.ts';
import type { Exchange } from './exchange.ts';
import { readEvents, readHead } from './reader.ts';
import { startWatch } from './watch.ts';
import { createWindow, type Window, type WindowBounds } from './window.ts';

/** Where an account's news begins: the number in the window, and the last position before it. */
export interface News {
  n: number;
  before: Position;
}

/** The tailer of one process. */
export interface Tailer {
  window: Window;
  /** Calls `run` once, at the account's next new events, or with null when the tailer stops. Returns how to cancel. */
  onNews(accountId: string, run: (news: News | null) => void): () => void;
  /** for how long events known to be committed have waited to be read */
  lagMs(): number;
  stop(): Promise<void>;
}

type Hearer = (news: News | null) => void;

const PAGE = 1_000;
const EVERY_MS = 5;

/** Starts tailing at the log's present end. */
export async function startTailer(options: {
  db: Db;
  log: Log;
  exchange: Exchange;
  bounds: WindowBounds;
}): Promise<Tailer> {
  const { db, log, exchange } = options;
  const window = createWindow(await readHead(db.pool), options.bounds);
  const hearers = new Map<string, Set<Hearer>>();
  let stopped = false;

  function announce(events: readonly StoredEvent[]): void {
    const news = { n: window.next, before: window.head };
    window.push(events);
    for (const accountId of new Set(events.map((event) => event.accountId))) {
      const woken = hearers.get(accountId);
      hearers.delete(accountId);
      for (const hear of woken ?? []) hear(news);
    }
  }

  async function look() {
    const request = { accountId: null, after: window.head, limit: PAGE, filter: {} };
    const { events, edge } = await readEvents(db.pool, request);
    if (events.length > 0) announce(events);
    return { more: events.length === PAGE, edge };
  }

  const watch = startWatch({ name: 'the event tail', log, exchange, look, everyMs: EVERY_MS });
  return {
    window,
    onNews(accountId, hear) {
      if (stopped) {
        hear(null);
        return () => {};
      }
      const others = hearers.get(accountId) ?? new Set();
      hearers.set(accountId, others.add(hear));
      return () => {
        others.delete(hear);
        if (others.size === 0 && hearers.get(accountId) === others) hearers.delete(accountId);
      };
    },
    lagMs: watch.lagMs,
    async stop() {
      stopped = true;
      await watch.stop();
      for (const others of hearers.values()) for (const hear of others) hear(null);
      hearers.clear();
    },
  };
}
