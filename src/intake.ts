// Which of the carrier's events goes to which domain: the first word of its kind decides.
import { setTimeout as pause } from 'node:timers/promises';
import { openCallIntake } from '#domains/calls/index.ts';
import { receiveOrderEvent } from '#domains/numbers/index.ts';
import type { WebhookHead } from '#platform/carrier/index.ts';
import type { Platform } from '#platform/platform.ts';

const SWEEP_EVERY_MS = 1_000;
const LEFT_BEHIND_MS = 2_000;
const AT_ONCE = 50;

export interface Intake {
  /** Acts on a webhook that has just been stored. Never throws: what fails stays in the inbox for the sweeper. */
  take(accountId: string, head: WebhookHead): void;
  /** Starts to sweep: what a crash, a break or an hour has left is found within a second or two. */
  start(): void;
  /** Looks once for what was left. */
  sweep(): Promise<void>;
  stop(): Promise<void>;
}

/** Opens the intake of a process; any number of processes may take and sweep beside each other. */
export function openIntake(platform: Platform): Intake {
  const { clock, inbox, log } = platform;
  const calls = openCallIntake(platform);
  const stopping = new AbortController();
  let sweeping: Promise<void> = Promise.resolve();

  const takeOrder = (accountId: string, session: string): Promise<void> =>
    receiveOrderEvent(platform, accountId, session).catch((err) => {
      log.warn({ err, accountId }, 'a number order could not be looked up; it is tried again');
    });

  async function sweep(): Promise<void> {
    await calls.sweep();
    const before = new Date(clock.now('').getTime() - LEFT_BEHIND_MS);
    for (const { accountId, session } of await inbox.leftover('number_order', before, AT_ONCE)) {
      await takeOrder(accountId, session);
    }
  }

  async function keepSweeping(): Promise<void> {
    while (!stopping.signal.aborted) {
      await sweep().catch((err) => log.error({ err }, 'the carrier sweep failed; it goes on'));
      await pause(SWEEP_EVERY_MS, undefined, { signal: stopping.signal }).catch(() => {});
    }
  }

  return {
    take(accountId, { kind, session }) {
      const [family] = kind.split('.');
      if (family === 'call') void calls.take(accountId, session);
      else if (family === 'number_order') void takeOrder(accountId, session);
    },
    start() {
      sweeping = keepSweeping();
    },
    sweep,
    async stop() {
      stopping.abort();
      await sweeping;
      await calls.stop();
    },
  };
}
