// One way to write: a transaction that is tried again when PostgreSQL asks for it, and callbacks that run only after a
// commit.
import { setTimeout as pause } from 'node:timers/promises';
import type { Prisma, PrismaClient } from '#generated/prisma/client.ts';
import { DatabaseUnavailable, isDatabaseUnavailable, sqlStateOf } from './unavailable.ts';

/** The client inside a transaction. */
export type Tx = Prisma.TransactionClient;

const ATTEMPTS = 3;
const TIMEOUT_MS = 5_000;
const callbacks = new WeakMap<Tx, (() => void)[]>();

/**
 * Runs `run` once `tx` has committed; never when it rolls back. For waking readers of what was written.
 * @throws when `tx` is not an open transaction of `Db.transaction`.
 */
export function afterCommit(tx: Tx, run: () => void): void {
  const waiting = callbacks.get(tx);
  if (!waiting) {
    throw new Error('afterCommit needs the client that Db.transaction handed to its work.');
  }
  waiting.push(run);
}

/** Serialization failure, deadlock, or Prisma's word for either: the whole transaction may simply be run again. */
function mayRetry(error: unknown): boolean {
  const state = sqlStateOf(error);
  return (
    state === '40001' || state === '40P01' || (error as { code?: string } | null)?.code === 'P2034'
  );
}

/** Nothing is wrong with the work: the same again may well succeed, once the database can be reached or rivals are gone. */
export function isPassing(error: unknown): boolean {
  return isDatabaseUnavailable(error) || mayRetry(error);
}

/**
 * Runs `work` in one transaction of at most 5 s; up to 3 attempts on a serialization failure or deadlock, so work must
 * change nothing outside the transaction (see {@link afterCommit}).
 * @throws DatabaseUnavailable when the database cannot be reached, else what work threw.
 */
export async function runTransaction<T>(
  prisma: PrismaClient,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const committed: (() => void)[] = [];
    let current: Tx | undefined;
    try {
      const result = await prisma.$transaction(
        (tx) => {
          current = tx;
          callbacks.set(tx, committed);
          return work(tx);
        },
        { maxWait: 2 * TIMEOUT_MS, timeout: TIMEOUT_MS }, // the pool's own patience ends before maxWait,
      );
      for (const run of committed) run();
      return result;
    } catch (error) {
      if (isDatabaseUnavailable(error)) throw new DatabaseUnavailable(error);
      if (attempt === ATTEMPTS || !mayRetry(error)) throw error;
      await pause(attempt * 10);
    } finally {
      if (current) callbacks.delete(current);
    }
  }
}
