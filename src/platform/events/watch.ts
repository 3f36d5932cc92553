// When to look at the log: at once when told of a commit, soon again while an older transaction holds it back, twice a
// second when nobody tells anything, and less often while the database is away.
import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '#platform/log/index.ts';
import type { Edge } from './cursor-check.ts';
import type { Exchange } from './exchange.ts';
import { createSleeper } from './waiting.ts';

/** A loop that looks at the log. */
export interface Watch {
  /** Looks again soon. */
  nudge(): void;
  /** for how long events known to be committed have waited to be seen, or the database has been away */
  lagMs(): number;
  /** Waits for the look in hand. */
  stop(): Promise<void>;
}

const POLL_MS = 500;
const HELD_BACK_MS = [5, 10, 20, 40, 80, 160, 320];
const LONGEST_OUTAGE_PAUSE_MS = 2_000;

/**
 * Starts the loop.
 * @param options.name for the operator's log: "the event tail"
 * @param options.look reads once; `more` asks for another look at once
 * @param options.everyMs from look to look at least: under load every commit nudges, and one look serves all of this time
 */
export function startWatch(options: {
  name: string;
  log: Log;
  exchange: Exchange;
  look(): Promise<{ more: boolean; edge: Edge }>;
  everyMs: number;
}): Watch {
  const { name, log, exchange, look, everyMs } = options;
  const sleeper = createSleeper();
  let wanted = 0n; // the highest transaction id that we were told of and have not passed
  let epoch: number | undefined;
  let seen = 0n; // the edge of the last look
  let held = 0; // looks in a row that found the edge where it was, and something behind it
  let behindSince: number | undefined;
  let stopped = false;

  function hear(text: string): void {
    if (!/^\d{1,19}$/.test(text)) return;
    const xid = BigInt(text);
    if (xid > wanted) wanted = xid;
    behindSince ??= performance.now();
    sleeper.wake(); // also for a lower id: it may be the one that held the others back
  }

  /** Looks until nothing more is to be seen. True when we were told of something that is still held back. */
  async function lookAtAll(): Promise<boolean> {
    for (;;) {
      const { more, edge } = await look();
      if (edge.xmin > wanted || (epoch !== undefined && edge.epoch !== epoch)) {
        wanted = 0n;
        if (!more) behindSince = undefined;
      }
      if (edge.xmin !== seen) held = 0;
      seen = edge.xmin;
      epoch = edge.epoch;
      if (!more || stopped) return wanted !== 0n;
    }
  }

  async function run(): Promise<void> {
    let failures = 0;
    while (!stopped) {
      const startedMs = performance.now();
      let sleepMs = POLL_MS;
      try {
        if (await lookAtAll()) {
          sleepMs = HELD_BACK_MS[held] ?? POLL_MS;
          held += 1;
        }
        if (failures > 0) log.info(`${name} reads again`);
        failures = 0;
      } catch (err) {
        failures += 1;
        behindSince ??= performance.now();
        if (failures === 1 && !stopped) log.warn({ err }, `${name} cannot read; it goes on trying`);
        sleepMs = Math.min(50 * 2 ** failures, LONGEST_OUTAGE_PAUSE_MS);
      }
      if (stopped) return;
      await sleeper.sleep(sleepMs);
      const restMs = everyMs - (performance.now() - startedMs);
      if (restMs > 0) await pause(restMs);
    }
  }

  const unhear = exchange.on('switchboard_events', hear);
  const unreconnect = exchange.onReconnect(sleeper.wake);
  const running = run();
  return {
    nudge: sleeper.wake,
    lagMs: () => (behindSince === undefined ? 0 : performance.now() - behindSince),
    async stop() {
      stopped = true;
      unhear();
      unreconnect();
      sleeper.wake();
      await running;
    },
  };
}
