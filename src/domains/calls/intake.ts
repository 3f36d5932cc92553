// The intake of a process: steps calls as the carrier's events, its answers and the hours move them, and sends the
// commands that follow. Everything it does can be done again: what a crash leaves, the sweeper finds.
import { setTimeout as pause } from 'node:timers/promises';
import { type CommandLanes, openCommandLanes, type SentCommand } from '#platform/carrier/index.ts';
import { receiveSession } from './receive.ts';
import { settleDeclined } from './settle-declined.ts';
import { asksStatus, stepCall } from './step-call.ts';
import type { CallSlice } from './step-through.ts';
import { findCallsToWake } from './store.ts';

/** a session that nobody stepped for this long was left by a crash */
const LEFT_BEHIND_MS = 2_000;
const AT_ONCE = 50;
const MOST_ATTEMPTS = 8;

export interface CallIntake {
  /** Steps a session whose events have just been stored. Never throws: what fails is left to the sweeper. */
  take(accountId: string, session: string): Promise<void>;
  /** Looks once for what was left: unstepped events, due commands, calls that want to be woken. */
  sweep(): Promise<void>;
  stop(): Promise<void>;
}

/** Opens the intake. One per process; any number of processes may run beside each other. */
export function openCallIntake(slice: CallSlice): CallIntake {
  const { db, log, clock, carriers, inbox } = slice;
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();

  const later = (ms: number, run: () => Promise<void>) => {
    track(pause(ms, undefined, { signal: stopping.signal }).then(run));
  };
  const track = (work: Promise<void>): Promise<void> => {
    const watched = work
      .catch((err) => {
        if (!stopping.signal.aborted)
          log.error({ err }, 'carrier intake failed; it is tried again');
      })
      .finally(() => running.delete(watched));
    running.add(watched);
    return watched;
  };

  const lanes: CommandLanes = openCommandLanes({
    db,
    now: (accountId) => clock.now(accountId),
    later,
    send: async (accountId, command, id) => (await carriers.of(accountId)).send(command, id),
    settled: (sent, result) =>
      follow(sent, async () => {
        const callId = callIdOf(sent);
        if (callId === null) {
          await settleDeclined({ ...slice, lanes }, sent, result);
          return null;
        }
        return stepCall({ ...slice, lanes }, sent.accountId, callId, {
          kind: 'result',
          command: sent.command,
          result,
          commandId: sent.id,
        });
      }),
  });

  /** Does one step, then what it leaves to be asked of the carrier. */
  async function follow(
    about: { accountId: string },
    work: () => Promise<{ callId: string; ask: boolean } | null>,
  ): Promise<void> {
    const stepped = await work();
    if (!stepped?.ask) return;
    const status = await asksStatus(slice, about.accountId, stepped.callId);
    if (!status) return;
    await stepCall({ ...slice, lanes }, about.accountId, stepped.callId, status);
    track(lanes.run(about.accountId, `call:${stepped.callId}`));
  }

  async function takeSession(accountId: string, session: string): Promise<void> {
    try {
      const stepped = await receiveSession({ ...slice, lanes }, accountId, session);
      if (!stepped) return;
      await lanes.run(accountId, stepped.subject);
      if (stepped.callId && stepped.ask) {
        const { callId } = stepped;
        await follow({ accountId }, async () => ({ callId, ask: true }));
      }
    } catch (error) {
      await inbox.countFailure(accountId, session, String(error), MOST_ATTEMPTS);
      throw error;
    }
  }

  async function sweep(): Promise<void> {
    // due times are written in the accounts' business time; the sweeper spans accounts, so it reads the server's
    const now = clock.now('');
    const left = await inbox.leftover('call', new Date(now.getTime() - LEFT_BEHIND_MS), AT_ONCE);
    const due = await lanes.due(now, AT_ONCE);
    const asleep = await findCallsToWake(db, now, AT_ONCE);
    await Promise.all([
      ...left.map(({ accountId, session }) => track(takeSession(accountId, session))),
      ...due.map(({ accountId, subject }) => track(lanes.run(accountId, subject))),
      ...asleep.map(({ accountId, id }) =>
        track(
          follow({ accountId }, () =>
            stepCall({ ...slice, lanes }, accountId, id, { kind: 'wake' }),
          ).then(() => lanes.run(accountId, `call:${id}`)),
        ),
      ),
    ]);
  }

  return {
    take: (accountId, session) => track(takeSession(accountId, session)),
    sweep,
    async stop() {
      stopping.abort();
      await Promise.allSettled([...running]);
    },
  };
}

function callIdOf(sent: SentCommand): string | null {
  return sent.subject.startsWith('call:') ? sent.subject.slice('call:'.length) : null;
}
