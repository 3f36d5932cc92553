// Ephemeral words between processes: typing, heartbeats, live counters. Never stored, bounded, lossy by design.
import { randomUUID } from 'node:crypto';
import type { Log } from '#platform/log/index.ts';
import { abortable } from './abortable.ts';
import type { Exchange } from './exchange.ts';
import { createSleeper } from './waiting.ts';

/** Sends and hears signals of an account's topics. */
export interface Signals {
  send(accountId: string, topic: string, data: object): void;
  hear(accountId: string, topic: string, signal: AbortSignal): AsyncGenerator<object, void>;
  stop(): void;
}

// NOTIFY carries fewer than 8,000 bytes: https://www.postgresql.org/docs/18/sql-notify.html
const LIMIT_BYTES = 7_900;
const WAITING_LIMIT = 100;

type Ear = (data: object) => void;

/** Opens signals over the process's exchange. */
export function openSignals(exchange: Exchange, log: Log): Signals {
  const ears = new Map<string, Set<Ear>>();
  const enders = new Set<() => void>();
  const keyOf = (accountId: string, topic: string) => `${accountId}\u0000${topic}`;
  const unhear = exchange.on('switchboard_signals', (text) => {
    try {
      const { a, t, d } = JSON.parse(text) as { a: string; t: string; d: object };
      for (const ear of ears.get(keyOf(a, t)) ?? []) ear(d);
    } catch (err) {
      log.debug({ err }, 'a signal could not be read');
    }
  });

  return {
    send(accountId, topic, data) {
      // two equal NOTIFYs of one statement are delivered once, so each carries something of its own
      const text = JSON.stringify({ a: accountId, t: topic, d: data, i: randomUUID() });
      const bytes = Buffer.byteLength(text);
      if (bytes > LIMIT_BYTES) {
        throw new Error(
          `A signal of topic ${topic} has ${bytes} bytes; at most ${LIMIT_BYTES}. Send ids and let the hearer read.`,
        );
      }
      exchange.send('switchboard_signals', text);
    },
    hear(accountId, topic, outer) {
      const key = keyOf(accountId, topic);
      const waiting: object[] = [];
      const sleeper = createSleeper();
      let stopped = false;
      const ear: Ear = (data) => {
        if (waiting.length === WAITING_LIMIT) waiting.shift();
        waiting.push(data);
        sleeper.wake();
      };
      // heard from this call on, before the first next()
      ears.set(key, (ears.get(key) ?? new Set()).add(ear));
      return abortable(outer, (signal) => {
        const end = () => {
          enders.delete(end);
          const others = ears.get(key);
          others?.delete(ear);
          if (others?.size === 0) ears.delete(key);
          stopped = true;
          sleeper.wake();
        };
        enders.add(end);
        signal.addEventListener('abort', end, { once: true });
        if (signal.aborted) end();
        return (async function* (): AsyncGenerator<object, void> {
          while (!stopped) {
            const data = waiting.shift();
            if (data) yield data;
            else await sleeper.sleep(60_000);
          }
        })();
      });
    },
    stop() {
      unhear();
      for (const end of [...enders]) end();
    },
  };
}
