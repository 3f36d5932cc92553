// What the tests of the event log share: an event with a numbered payload, and waiting for a number of events.
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { pino } from 'pino';
import { afterAll } from 'vitest';
import { z } from 'zod';
import type { Db } from '#platform/db/index.ts';
import {
  defineEvent,
  type EventLog,
  type NewEvent,
  openEventLog,
  type StoredEvent,
} from '#platform/events/index.ts';

export const silent = pino({ level: 'silent' });

/** An event that only carries a number and, for size, filling. */
export const counted = defineEvent('call.updated', { n: z.int(), filling: z.string().optional() });

export const at = new Date('2026-03-01T12:00:00Z');

/** The n-th event of a subject. */
export function event(n: number, more: Partial<NewEvent> = {}): NewEvent {
  return {
    definition: counted,
    companyId: null,
    subject: 'call:1',
    subjectVersion: n,
    occurredAt: at,
    payload: { n },
    ...more,
  };
}

/** Opens a log that is stopped at the end of the file. */
export async function openLog(
  db: Db,
  bounds?: { events: number; bytes: number },
): Promise<EventLog> {
  const log = await openEventLog({ db, log: silent, ...(bounds && { bounds }) });
  afterAll(() => log.stop());
  return log;
}

/** Appends events in one transaction under their subjects' locks. */
export function append(
  db: Db,
  log: EventLog,
  accountId: string,
  events: readonly NewEvent[],
): Promise<void> {
  return db.transaction(async (tx) => {
    await log.lock(
      tx,
      accountId,
      events.map((one) => one.subject),
    );
    await log.append(tx, accountId, events);
  });
}

/** Takes `count` events from a follower. */
export async function take(
  follower: AsyncGenerator<StoredEvent, void>,
  count: number,
): Promise<StoredEvent[]> {
  const taken: StoredEvent[] = [];
  while (taken.length < count) {
    const { value, done } = await follower.next();
    if (done) break;
    taken.push(value);
  }
  return taken;
}

export const numbers = (events: readonly StoredEvent[]) => events.map((one) => one.payload.n);

export const newAccount = (): string => randomUUID();

/**
 * Waits until everything committed before can be read: tests of other files share the server, and a transaction of
 * theirs holds our tail back too.
 */
export async function settled(db: Db): Promise<void> {
  const read = async (edge: 'xmin' | 'xmax') => {
    const sql = `select pg_snapshot_${edge}(pg_current_snapshot())::text as at`;
    return BigInt((await db.pool.query<{ at: string }>(sql)).rows[0]?.at ?? 0);
  };
  const end = await read('xmax');
  while ((await read('xmin')) < end) await pause(2);
}
