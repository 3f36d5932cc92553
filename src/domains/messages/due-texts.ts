// Looks after texts that are due: those whose job was lost or whose time has come, and those that the carrier did not
// answer to. Due times stand in the rows; jobs only wake.
import pLimit from 'p-limit';
import type { Platform } from '#platform/platform.ts';
import { dispatchMessage } from './dispatch.ts';
import { reconcileMessage } from './reconcile.ts';
import { findDue } from './store.ts';

/** what one look begins at most; looks are a second apart */
const AT_ONCE = 50;
/** each may hold a connection while the carrier answers */
const TOGETHER = 2;
/** the job of a text that is due comes first */
const HEAD_START_MS = 2_000;

export interface DueTexts {
  /** Looks once, and begins with what is due. */
  sweep(): Promise<void>;
  /** Begins no more, and waits for what is under way. */
  stop(): Promise<void>;
}

/** Opens it. One per process; any number of processes may look beside each other. */
export function openDueTexts(
  platform: Pick<
    Platform,
    'db' | 'events' | 'clock' | 'carriers' | 'secrets' | 'publicUrl' | 'log'
  >,
): DueTexts {
  const { db, clock, log } = platform;
  const inTurn = pLimit(TOGETHER);
  const running = new Map<string, Promise<unknown>>();
  let stopped = false;
  return {
    async sweep() {
      const by = new Date(clock.now('').getTime() - HEAD_START_MS);
      for (const { accountId, id: messageId, state } of await findDue(db, by, AT_ONCE)) {
        if (running.has(messageId)) continue;
        const key = { accountId, messageId };
        const work = inTurn(async () => {
          if (stopped) return;
          await (state === 'QUEUED' ? dispatchMessage : reconcileMessage)(platform, key);
        })
          .catch((err) => {
            log.warn({ err, accountId, messageId }, 'a text that is due waits; it is tried again');
          })
          .finally(() => running.delete(messageId));
        running.set(messageId, work);
      }
    },
    async stop() {
      stopped = true;
      await Promise.all(running.values());
    },
  };
}
