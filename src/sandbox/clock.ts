// The sandbox's own time. Every ring, timeout, audio frame and `occurred_at` runs on it, so that a call of half a
// minute can be played in three seconds (speed) or turned by hand in a test (manual).

/** How often a clock that is faster than life looks whether its process gets along, in ms of life. */
const BEAT_MS = 10;
/** As much of life counts between two beats at most: a process that gets no processor time must not miss calls for it. */
const LONGEST_BEAT_MS = 25;

export interface Timer {
  cancel(): void;
}

export interface Clock {
  /** Sandbox time in milliseconds since 1970. */
  now(): number;
  /** Runs `work` when the sandbox's time has moved on by `delayMs`. Items due at once run in the order they were set. */
  after(delayMs: number, work: () => void): Timer;
  /**
   * Time as the network sees it (ms): the wall's monotonic time on a running clock, sandbox time on a manual one.
   * Dedupe windows use it, because a caller's retries do not run faster when the sandbox does.
   */
  networkNow(): number;
  /**
   * How many sandbox seconds pass in one second of life; 0 on a manual clock. Above 1 fewer pass while the process is held
   * up: at 20 times life a busy half second would be ten seconds in which nobody could answer.
   */
  speed(): number;
  /** Changes the speed of a running clock; must be above 0 and at most 1000. */
  setSpeed(speed: number): void;
  /** Turns a manual clock by `ms`, running everything due on the way in order; waits for `settle` between two moments. */
  advance(ms: number): Promise<void>;
  stop(): void;
}

interface Due {
  atMs: number;
  order: number;
  work: () => void;
}

/**
 * Makes the clock.
 * @param options.speed sandbox seconds per second of life, or 'manual' for a clock moved by `advance` only
 * @param options.settle awaited by `advance` after each moment at which something ran (webhooks in flight)
 * @param options.onError receives what scheduled work throws; the clock itself goes on
 */
export function createClock(options: {
  speed: number | 'manual';
  startMs?: number;
  settle?: () => Promise<void>;
  onError?: (error: unknown) => void;
}): Clock {
  const manual = options.speed === 'manual';
  const due: Due[] = [];
  let speed = options.speed === 'manual' ? 0 : checkSpeed(options.speed);
  let baseMs = options.startMs ?? Date.now();
  let baseWall = performance.now();
  let order = 0;
  let running: number | null = null;
  let wake: NodeJS.Timeout | null = null;
  let stopped = false;

  function reading(): number {
    if (manual) return baseMs;
    const passed = performance.now() - baseWall;
    return baseMs + (speed > 1 ? Math.min(passed, LONGEST_BEAT_MS) : passed) * speed;
  }
  function beat(): void {
    baseMs = reading();
    baseWall = performance.now();
  }
  const beats = manual ? null : setInterval(beat, BEAT_MS).unref();
  // While an item runs, time stands at the item's own moment: a late wake-up does not stretch what is measured.
  const now = () => running ?? reading();

  function insert(item: Due): void {
    let low = 0;
    let high = due.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((due[middle] as Due).atMs <= item.atMs) low = middle + 1;
      else high = middle;
    }
    due.splice(low, 0, item);
  }

  function runFirst(): void {
    const item = due.shift() as Due;
    running = item.atMs;
    try {
      item.work();
    } catch (error) {
      options.onError?.(error);
    } finally {
      running = null;
    }
  }

  function arm(): void {
    if (manual || stopped) return;
    if (wake) clearTimeout(wake);
    const next = due[0];
    if (!next) return;
    const waitMs = Math.max(0, (next.atMs - reading()) / speed);
    wake = setTimeout(runDue, Math.min(waitMs, 2 ** 30));
  }

  function runDue(): void {
    // A slice of at most 10 ms, so that sockets are served even when the clock runs far faster than life.
    const until = performance.now() + 10;
    while (!stopped && due[0] && due[0].atMs <= reading() && performance.now() < until) runFirst();
    arm();
  }

  return {
    now,
    networkNow: () => (manual ? now() : performance.now()),
    speed: () => speed,
    after(delayMs, work) {
      const item: Due = { atMs: now() + Math.max(0, delayMs), order: order++, work };
      insert(item);
      if (due[0] === item && running === null) arm();
      return {
        cancel() {
          const at = due.indexOf(item);
          if (at >= 0) due.splice(at, 1);
        },
      };
    },
    setSpeed(next) {
      if (manual)
        throw new Error('This clock is turned by hand: use advance(ms) instead of a speed.');
      beat();
      speed = checkSpeed(next);
      arm();
    },
    async advance(ms) {
      if (!manual)
        throw new Error('Only a manual clock can be advanced: start with speed "manual".');
      const endMs = baseMs + ms;
      await options.settle?.();
      while (!stopped && due[0] && due[0].atMs <= endMs) {
        baseMs = Math.max(baseMs, due[0].atMs);
        const momentMs = due[0].atMs;
        while (due[0] && due[0].atMs <= momentMs) runFirst();
        await options.settle?.();
      }
      baseMs = Math.max(baseMs, endMs);
    },
    stop() {
      stopped = true;
      due.length = 0;
      if (wake) clearTimeout(wake);
      if (beats) clearInterval(beats);
    },
  };
}

function checkSpeed(speed: number): number {
  if (!(speed > 0 && speed <= 1000)) {
    throw new Error(
      `Clock speed ${speed} is out of range: give a number above 0 and at most 1000.`,
    );
  }
  return speed;
}
