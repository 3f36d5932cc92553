// The intake of a process: steps calls as the carrier's events, its answers and the hours move them, and sends the
// commands that follow. Everything it does can be done again: what a crash leaves, the sweeper finds.
import { setTimeout as pause } from 'node:timers/promises';
import pLimit from 'p-limit';
import {
  type CarrierCommand,
  CarrierRefused,
  type CommandLanes,
  openCommandLanes,
  type SentCommand,
} from '#platform/carrier/index.ts';
import { isPassing, shareOfPool } from '#platform/db/index.ts';
import { findCallsToHush, mayHearLive } from './may-transcribe.ts';
import { type Received, receiveSession } from './receive.ts';
import { settleDeclined } from './settle-declined.ts';
import { asksStatus, type InnerInput, stepCall } from './step-call.ts';
import type { CallSlice } from './step-through.ts';
import { findCallsToWake, postponeWake } from './store.ts';

/** what one look begins at most, in each of its kinds; looks are a second apart */
const AT_ONCE = 100;
/** with their pauses a bit over two minutes */
const MOST_ATTEMPTS = 8;

export interface CallIntake {
  /** Steps a session whose events have just been stored. Never throws: what fails is left to the sweeper. */
  take(accountId: string, session: string): Promise<void>;
  /**
   * Each looks once for what was left, and begins it: unstepped events, due commands, calls that want to be woken, words
   * that nobody may write down any more. The work itself goes on beside them, so that a carrier that answers slowly holds
   * up nobody else.
   */
  sweeps: Record<'sessions' | 'commands' | 'wakes' | 'words', () => Promise<void>>;
  stop(): Promise<void>;
}

/** Opens the intake. One per process; any number of processes may run beside each other. */
export function openCallIntake(slice: CallSlice): CallIntake {
  const { db, log, clock, carriers, inbox } = slice;
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();
  const inTurn = pLimit(shareOfPool(db, 'calls'));

  const later = (ms: number, run: () => Promise<void>) => {
    track(pause(ms, undefined, { signal: stopping.signal }).then(run));
  };
  const track = (work: Promise<void>): Promise<void> => {
    const watched = work
      .catch((err) => {
        if (!stopping.signal.aborted) log.error({ err }, 'carrier intake failed');
      })
      .finally(() => running.delete(watched));
    running.add(watched);
    return watched;
  };
  const begun = new Set<string>();
  /** Begins work that a sweep found, unless what an earlier one began still goes on. */
  const begin = (name: string, work: () => Promise<void>): void => {
    if (begun.has(name)) return;
    begun.add(name);
    void track(work().finally(() => begun.delete(name)));
  };

  const lanes: CommandLanes = openCommandLanes({
    db,
    now: (accountId) => clock.now(accountId),
    later,
    async send(accountId, command, id) {
      // the last moment at which a company can have said no
      if (command.kind === 'startTranscription') await refuseUnheard(db, accountId, command);
      return (await carriers.of(accountId)).send(command, id);
    },
    settled: (sent, result) =>
      follow(sent, async () => {
        const callId = callIdOf(sent);
        if (callId === null) {
          await settleDeclined({ ...slice, lanes }, sent, result);
          return null;
        }
        return stepInTurn(sent.accountId, callId, {
          kind: 'result',
          command: sent.command,
          result,
          commandId: sent.id,
        });
      }),
  });

  const stepInTurn = (accountId: string, callId: string, input: InnerInput) =>
    inTurn(() => stepCall({ ...slice, lanes }, accountId, callId, input));

  /** Does one step, then what it leaves to be asked of the carrier. */
  async function follow(
    about: { accountId: string },
    work: () => Promise<{ callId: string; ask: boolean } | null>,
  ): Promise<void> {
    const stepped = await work();
    if (!stepped?.ask) return;
    const status = await asksStatus(slice, about.accountId, stepped.callId);
    if (!status) return;
    await stepInTurn(about.accountId, stepped.callId, status);
    track(lanes.run(about.accountId, `call:${stepped.callId}`));
  }

  async function receive(accountId: string, session: string): Promise<Received | null> {
    try {
      // what still waits for its turn when the process ends is in the inbox: the next sweep takes it
      return await inTurn(() =>
        stopping.signal.aborted ? null : receiveSession({ ...slice, lanes }, accountId, session),
      );
    } catch (error) {
      const failure = { error, most: MOST_ATTEMPTS, now: clock.now(accountId) };
      await inbox.countFailure(accountId, session, failure);
      throw error;
    }
  }

  async function takeSession(accountId: string, session: string): Promise<void> {
    const stepped = await receive(accountId, session);
    if (!stepped) return;
    await lanes.run(accountId, stepped.subject);
    if (stepped.callId && stepped.ask) {
      const { callId } = stepped;
      await follow({ accountId }, async () => ({ callId, ask: true }));
    }
  }

  async function wake(accountId: string, callId: string): Promise<void> {
    try {
      await follow({ accountId }, () => stepInTurn(accountId, callId, { kind: 'wake' }));
    } catch (error) {
      // a look begins the longest due first: calls that fail each time must not stand before all others
      if (!isPassing(error)) await postponeWake(db, accountId, callId, clock.now(accountId));
      throw error;
    }
    await lanes.run(accountId, `call:${callId}`);
  }

  // due times are written in the accounts' business time; a sweep spans accounts, so it reads the server's
  const now = () => clock.now('');
  const sweeps = {
    async sessions() {
      for (const { accountId, session } of await inbox.leftover('call', now(), AT_ONCE)) {
        begin(`session:${accountId}:${session}`, () => takeSession(accountId, session));
      }
    },
    async commands() {
      for (const { accountId, subject } of await lanes.due(now(), AT_ONCE)) {
        // a claimed command is not due: what is found twice has another lane that may go on
        void track(lanes.run(accountId, subject));
      }
    },
    async wakes() {
      for (const { accountId, id } of await findCallsToWake(db, now(), AT_ONCE)) {
        begin(`wake:${id}`, () => wake(accountId, id));
      }
    },
    async words() {
      for (const { accountId, id } of await findCallsToHush(db, AT_ONCE)) {
        begin(`hush:${id}`, async () => {
          await stepInTurn(accountId, id, { kind: 'hush' });
          await lanes.run(accountId, `call:${id}`);
        });
      }
    },
  };

  return {
    take: (accountId, session) => track(takeSession(accountId, session)),
    sweeps,
    async stop() {
      stopping.abort();
      await Promise.allSettled([...running]);
    },
  };
}

async function refuseUnheard(
  { prisma }: CallSlice['db'],
  accountId: string,
  { tag }: CarrierCommand & { kind: 'startTranscription' },
): Promise<void> {
  if (await mayHearLive(prisma, accountId, tag.callId)) return;
  throw new CarrierRefused(403, '', 'The company does not let the carrier hear its calls.');
}

function callIdOf(sent: SentCommand): string | null {
  return sent.subject.startsWith('call:') ? sent.subject.slice('call:'.length) : null;
}
