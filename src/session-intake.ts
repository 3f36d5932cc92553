// The intake of one family of the carrier's events, but for calls, which have their own: each session's events are received
// one after the other, at once when they arrive, else by a sweep.
import type { LimitFunction } from 'p-limit';
import type { Platform } from '#platform/platform.ts';

/** what one look begins at most; looks are a second apart */
const AT_ONCE = 200;

/** Receives what waits of one session in the inbox. What it throws leaves the events there; it counts its own failures. */
export type ReceiveSession = (
  platform: Platform,
  accountId: string,
  session: string,
) => Promise<void>;

export interface SessionIntake {
  /** Receives a session whose event has just been stored. Never throws: what fails is left to the sweep. */
  take(accountId: string, session: string): void;
  /** Looks once for sessions that were left, and begins them. */
  sweep(): Promise<void>;
  /** Begins no more, and waits for what is under way. */
  stop(): Promise<void>;
}

/**
 * Opens it.
 * @param family the first word of the events' kinds
 * @param inTurn shared with other families: what is received holds a connection
 */
export function openSessionIntake(
  platform: Platform,
  family: string,
  receive: ReceiveSession,
  inTurn: LimitFunction,
): SessionIntake {
  const { inbox, clock, log } = platform;
  const running = new Map<string, Promise<void>>();
  /** sessions of which more arrived while they were received */
  const again = new Set<string>();
  let stopped = false;

  function take(accountId: string, session: string): void {
    const name = `${accountId}:${session}`;
    if (running.has(name)) {
      again.add(name);
      return;
    }
    const work = inTurn(async () => {
      // what still waits when the process ends is in the inbox: the next sweep takes it
      if (!stopped) await receive(platform, accountId, session);
    })
      .catch((err) => {
        log.warn({ err, accountId, family }, 'a carrier event could not be received');
      })
      .finally(() => {
        running.delete(name);
        if (again.delete(name) && !stopped) take(accountId, session);
      });
    running.set(name, work);
  }

  return {
    take,
    async sweep() {
      // due times are written in the accounts' business time; this spans accounts, so it reads the server's
      for (const left of await inbox.leftover(family, clock.now(''), AT_ONCE)) {
        if (!running.has(`${left.accountId}:${left.session}`)) take(left.accountId, left.session);
      }
    },
    async stop() {
      stopped = true;
      await Promise.allSettled(running.values());
    },
  };
}
