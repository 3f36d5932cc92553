// Sends noted changes to the search server, waits for its tasks and settles what is done. The state that stands here now
// is sent, not what happened: late, twice or after a crash, the copy ends with what stands here.
import { setTimeout as pause } from 'node:timers/promises';
import type { Db } from '#platform/db/index.ts';
import type { Log } from '#platform/log/index.ts';
import {
  type Change,
  markSent,
  noteStale,
  refuseChange,
  releaseChanges,
  type Sent,
  sentChanges,
  settleChanges,
  type Taken,
  takeChanges,
  takeThese,
} from './changes.ts';
import { keyOf, toCopy } from './document.ts';
import { TooLarge } from './faults.ts';
import type { CopyServer, TaskState } from './server.ts';

/** What sending needs. */
export interface Sending {
  db: Pick<Db, 'pool'>;
  server: CopyServer;
  log: Log;
  now: () => Date;
  /** ends the wait for tasks: what was sent is settled by the next pass */
  signal: AbortSignal;
}

/** few big tasks: the server takes them one after the other */
const MOST_CHANGES = 1_000;
/** of words, read at once; written for the server they take twice as many */
export const MOST_BYTES = 8_000_000;
const LONGEST_PAUSE_MS = 500;

/**
 * Brings all noted changes into these indexes, those that an earlier pass sent first.
 * @throws when the server does not answer, fails by itself, or the signal aborts
 */
export async function sendChanges(sending: Sending, uids: readonly string[]): Promise<void> {
  const { db, now, signal } = sending;
  for (const sent of await sentChanges(db)) await settle(sending, uids, sent);
  for (;;) {
    signal.throwIfAborted();
    const taken = await takeChanges(db, now(), { changes: MOST_CHANGES, bytes: MOST_BYTES });
    if (taken.length === 0) return;
    await bring(sending, uids, taken);
  }
}

/** Waits for tasks. The first fault, else `unknown` when one is not known, else `done`. */
export async function awaitTasks(
  { server, signal }: Pick<Sending, 'server' | 'signal'>,
  uids: readonly string[],
  tasks: readonly number[],
): Promise<Exclude<TaskState, { state: 'waiting' }>> {
  const ended: Exclude<TaskState, { state: 'waiting' }>[] = [];
  for (const task of tasks) {
    for (let wait = 10; ; wait = Math.min(wait * 2, LONGEST_PAUSE_MS)) {
      const told = await server.taskState(task, uids);
      if (told.state !== 'waiting') {
        ended.push(told as (typeof ended)[number]);
        break;
      }
      await pause(wait, undefined, { signal });
    }
  }
  const worst = ended.find(({ state }) => state === 'failed');
  return worst ?? ended.find(({ state }) => state === 'unknown') ?? { state: 'done' };
}

async function bring(
  sending: Sending,
  uids: readonly string[],
  taken: readonly Taken[],
): Promise<void> {
  let sent: Sent;
  try {
    sent = await send(sending, uids, taken);
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error;
    return part(sending, uids, taken, error.message);
  }
  await settle(sending, uids, sent);
}

async function send(
  { db, server, now, signal }: Sending,
  uids: readonly string[],
  taken: readonly Taken[],
): Promise<Sent> {
  const present = taken.flatMap(({ row }) => (row ? [toCopy(row)] : []));
  const gone = taken
    .filter(({ row }) => row === null)
    .map(({ accountId, documentId }) => keyOf(accountId, documentId));
  const changes = taken.map(({ row: _row, ...change }) => change);
  const tasks: number[] = [];
  try {
    for (const uid of uids) {
      // whoever is not alone any more may hold what is of before
      signal.throwIfAborted();
      if (present.length > 0) tasks.push(...(await server.put(uid, present)));
      signal.throwIfAborted();
      if (gone.length > 0) tasks.push(await server.drop(uid, gone));
    }
  } catch (error) {
    // a part of it may be there, or come there yet
    await noteStale(db, changes, now());
    throw error;
  }
  const sent = { tasks, changes };
  await markSent(db, sent, now());
  return sent;
}

async function settle(sending: Sending, uids: readonly string[], sent: Sent): Promise<void> {
  const { db, log } = sending;
  const ended = await awaitTasks(sending, uids, sent.tasks);
  if (ended.state === 'done') return settleChanges(db, sent.changes);
  await releaseChanges(db, sent.changes);
  if (ended.state === 'unknown') return; // sent again by this pass
  if (!ended.isOurs) throw new Error(`The search server failed: ${ended.message}`);
  await part(sending, uids, sent.changes, ended.message);
  log.warn({ documents: sent.changes.length }, 'the search server refused documents');
}

/** One document at fault fails the whole task, or request: halves are sent until it stands alone. */
async function part(
  sending: Sending,
  uids: readonly string[],
  changes: readonly Change[],
  message: string,
): Promise<void> {
  const { db, now } = sending;
  const [only] = changes;
  if (!only) return;
  if (changes.length === 1) return refuseChange(db, only, message, now());
  const middle = Math.ceil(changes.length / 2);
  for (const half of [changes.slice(0, middle), changes.slice(middle)]) {
    const taken = await takeThese(db, half);
    if (taken.length > 0) await bring(sending, uids, taken);
  }
}
