// Which of the carrier's events goes to which domain: the family of its kind decides.
import { setTimeout as pause } from 'node:timers/promises';
import pLimit from 'p-limit';
import { openCallIntake } from '#domains/calls/index.ts';
import { openDueTexts, receiveMessageEvents } from '#domains/messages/index.ts';
import { receiveOrderEvent, receiveRegistrationEvent } from '#domains/numbers/index.ts';
import { receiveSpeech } from '#domains/transcripts/index.ts';
import { familyOf, type WebhookHead } from '#platform/carrier/index.ts';
import { shareOfPool } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { openSessionIntake, type ReceiveSession } from './session-intake.ts';

const SWEEP_EVERY_MS = 1_000;
/** by the family of an event's kind; calls have an intake of their own */
const RECEIVERS: Record<string, ReceiveSession> = {
  message: receiveMessageEvents,
  '10dlc': receiveRegistrationEvent,
  number_order: receiveOrderEvent,
  'call.transcription': receiveSpeech,
};

/** the families whose events have the carrier asked for more */
const ASKING = new Set(['10dlc', 'number_order']);

export interface Intake {
  /** Acts on a webhook that has just been stored. Never throws: what fails stays in the inbox for the sweeper. */
  take(accountId: string, head: WebhookHead): void;
  /** Starts to sweep: what a crash, a break or an hour has left is found within a second or two. */
  start(): void;
  stop(): Promise<void>;
}

/** Opens the intake of a process; any number of processes may take and sweep beside each other. */
export function openIntake(platform: Platform): Intake {
  const { log } = platform;
  const calls = openCallIntake(platform);
  const due = openDueTexts(platform);
  const stopping = new AbortController();
  const inTurn = pLimit(shareOfPool(platform.db, 'sessions'));
  // these ask the carrier in their turn, and hold a connection only between its answers: a slow one must not hold up a STOP
  const asking = pLimit(shareOfPool(platform.db, 'askingSessions'));
  let sweeping: Promise<unknown> = Promise.resolve();

  const sessions = new Map(
    Object.entries(RECEIVERS).map(([family, receive]) => [
      family,
      openSessionIntake(platform, family, receive, ASKING.has(family) ? asking : inTurn),
    ]),
  );

  /** Each kind has a loop of its own: one that is slow or fails does not hold up the others. */
  async function keep(kind: string, sweep: () => Promise<void>): Promise<void> {
    while (!stopping.signal.aborted) {
      await sweep().catch((err) => {
        log.error({ err, kind }, 'a sweep of the carrier’s tables failed; it goes on');
      });
      await pause(SWEEP_EVERY_MS, undefined, { signal: stopping.signal }).catch(() => {});
    }
  }

  return {
    take(accountId, { kind, session }) {
      const family = familyOf(kind);
      if (family === 'call') void calls.take(accountId, session);
      else sessions.get(family)?.take(accountId, session);
    },
    start() {
      const sweeps = [
        ...Object.entries(calls.sweeps),
        ['due texts', due.sweep] as const,
        ...[...sessions].map(([family, { sweep }]) => [family, sweep] as const),
      ];
      sweeping = Promise.all(sweeps.map(([kind, sweep]) => keep(kind, sweep)));
    },
    async stop() {
      stopping.abort();
      await sweeping;
      await Promise.all([calls, due, ...sessions.values()].map((intake) => intake.stop()));
    },
  };
}
