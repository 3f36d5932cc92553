// One page of the log for a list: as many reads as it takes, within bounds.
import type { Db } from '#platform/db/index.ts';
import type { Position } from '#values/cursor.ts';
import type { EventFilter, StoredEvent } from './events.ts';
import { checkPosition } from './follow.ts';
import { readEvents } from './reader.ts';

/** What to read: an account's events after a position, or from the beginning of what is kept. */
export interface PageRequest {
  accountId: string;
  after: Position | null;
  /** 1 to 1,000 */
  limit: number;
  filter: EventFilter;
  /** see ReadRequest; for tests */
  scan?: number | undefined;
}

/** A page may hold fewer events than its limit, also none, while `hasMore`: then its filter leaves few. */
export interface EventPage {
  events: StoredEvent[];
  hasMore: boolean;
  /** where the next page begins; null when there is none and this one is empty */
  reached: Position | null;
}

const LIMIT = 1_000;
/** 200,000 events are looked at for one page: some tenths of a second */
const MOST_READS = 20;

/**
 * Reads a page.
 * @throws CursorExpired when `after` cannot be resumed
 */
export async function readPage(db: Db, request: PageRequest): Promise<EventPage> {
  const { accountId, after, limit, filter, scan } = request;
  if (!Number.isInteger(limit) || limit < 1 || limit > LIMIT) {
    throw new RangeError(`limit is ${limit}; ask for 1 to ${LIMIT} events.`);
  }
  const found: StoredEvent[] = [];
  let from = after ?? { epoch: 0, xid: 0n, seq: 0n };
  let more = true;
  for (let reads = 0; more && found.length <= limit && reads < MOST_READS; reads += 1) {
    const want = { accountId, after: from, limit: limit + 1 - found.length, filter, scan };
    const reading = await readEvents(db.pool, want);
    found.push(...reading.events);
    from = reading.reached;
    more = reading.more;
  }
  // after the reading, so that what is dropped meanwhile is no silent gap
  if (after) await checkPosition(db, after);
  const events = found.slice(0, limit);
  const isFull = found.length > limit;
  const reached = more && !isFull ? from : (events.at(-1)?.position ?? null);
  return { events, hasMore: more || isFull, reached };
}
