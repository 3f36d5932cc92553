// One way to write: a transaction that is tried again when PostgreSQL asks for it, and callbacks that run only after a
// commit.
import { setTimeout as pause } from 'node:timers/promises';
import type { QueryConfig, QueryResult } from 'pg';
import type { Prisma, PrismaClient } from '#generated/prisma/client.ts';
import { DatabaseUnavailable, isDatabaseUnavailable, sqlStateOf } from './unavailable.ts';

/** The client inside a transaction. */
export type Tx = Prisma.TransactionClient;

/** The connection inside a piped transaction. */
export interface PipedTx {
  /** Sends a statement, behind those that were sent before it. */
  query(statement: QueryConfig): Promise<QueryResult>;
}

/** A transaction of either kind, for what speaks SQL. */
export type SqlTx = Tx | PipedTx;

const ATTEMPTS = 3;
const TIMEOUT_MS = 5_000;
const callbacks = new WeakMap<SqlTx, (() => void)[]>();

/**
 * Runs `run` once `tx` has committed; never when it rolls back. For waking readers of what was written.
 * @throws when `tx` is not an open transaction of `Db`.
 */
export function afterCommit(tx: SqlTx, run: () => void): void {
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
export function runTransaction<T>(prisma: PrismaClient, work: (tx: Tx) => Promise<T>): Promise<T> {
  return attempt((begins) =>
    prisma.$transaction(
      (tx) => {
        begins(tx);
        return work(tx);
      },
      { maxWait: 2 * TIMEOUT_MS, timeout: TIMEOUT_MS }, // the pool's own patience ends before maxWait,
    ),
  );
}

/**
 * Makes the attempts of one transaction, and runs the callbacks of the one that committed.
 * @param run makes one attempt, and says what its transaction is before its work begins
 */
export async function attempt<T>(run: (begins: (tx: SqlTx) => void) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    const committed: (() => void)[] = [];
    let current: SqlTx | undefined;
    try {
      const result = await run((tx) => {
        current = tx;
        callbacks.set(tx, committed);
      });
      for (const callback of committed) callback();
      return result;
    } catch (error) {
      if (isDatabaseUnavailable(error)) throw new DatabaseUnavailable(error);
      if (tries === ATTEMPTS || !mayRetry(error)) throw error;
      await pause(tries * 10);
    } finally {
      if (current) callbacks.delete(current);
    }
  }
}
