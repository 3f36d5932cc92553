// The last events of the log, kept once a process and shared by all its subscribers: bounded in number and in bytes.
import { comparePositions, type Position } from '#values/cursor.ts';
import type { StoredEvent } from './events.ts';

/** The bounds of a window. */
export interface WindowBounds {
  events: number;
  bytes: number;
}

/** Events by their running number in this process; numbers below `first` are no longer kept. */
export interface Window {
  /** number of the first event that is kept */
  readonly first: number;
  /** number that the next event will get */
  readonly next: number;
  /** everything after this position, up to the last event, is kept */
  readonly floor: Position;
  readonly head: Position;
  push(events: readonly StoredEvent[]): void;
  at(n: number): StoredEvent | undefined;
  /** the number of the first kept event after a position that is not before the floor */
  numberAfter(position: Position): number;
}

/** What an event is reckoned to weigh in memory: its payload as UTF-16 text, its objects around it. */
function weigh(event: StoredEvent): number {
  return 500 + 2 * JSON.stringify(event.payload).length;
}

/** Makes an empty window whose head is `start`. */
export function createWindow(start: Position, bounds: WindowBounds): Window {
  let kept: { event: StoredEvent; bytes: number }[] = [];
  let skipped = 0; // entries at the front of `kept` that are already let go
  let first = 0;
  let bytes = 0;
  let floor = start;
  let head = start;

  function letGo(): void {
    while (kept.length - skipped > bounds.events || bytes > bounds.bytes) {
      const oldest = kept[skipped];
      if (!oldest) return;
      floor = oldest.event.position;
      bytes -= oldest.bytes;
      skipped += 1;
      first += 1;
    }
    // moving the array's rest costs its length, so it is done once in a while
    if (skipped > 1_000) {
      kept = kept.slice(skipped);
      skipped = 0;
    }
  }

  const at = (n: number) => (n < first ? undefined : kept[n - first + skipped]?.event);
  return {
    get first() {
      return first;
    },
    get next() {
      return first + kept.length - skipped;
    },
    get floor() {
      return floor;
    },
    get head() {
      return head;
    },
    push(events) {
      for (const event of events) {
        const size = weigh(event);
        kept.push({ event, bytes: size });
        bytes += size;
        head = event.position;
      }
      letGo();
    },
    at,
    numberAfter(position) {
      let low = first;
      let high = first + kept.length - skipped;
      while (low < high) {
        const middle = (low + high) >>> 1;
        const event = at(middle);
        if (event && comparePositions(event.position, position) <= 0) low = middle + 1;
        else high = middle;
      }
      return low;
    },
  };
}
