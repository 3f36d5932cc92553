// A transaction for what comes many times a second and waits for its answer: SQL alone, straight to the connection, and
// statements that do not need each other's answers go in one trip. Everything else takes Db.transaction.
import type { Writable } from 'node:stream';
import type { Pool, PoolClient, QueryConfig, QueryResult } from 'pg';
import { isTx } from './tenant-sql.ts';
import { attempt, type PipedTx, type SqlTx } from './transaction.ts';

// What comes many times a second looks rows up by their keys: its statements are planned for any values, at their first run
// on a connection and not at each of the first six.
const BEGIN = 'begin; set local plan_cache_mode to force_generic_plan';

/** of each transaction under way the writes that nobody waits for but its end, and the faults of those that have failed */
const unanswered = new WeakMap<SqlTx, { writes: Promise<unknown>[]; faults: unknown[] }>();

/**
 * Runs `work` in one transaction, tried again and bounded as {@link runTransaction} is. BEGIN goes along with the first
 * statements, so those that are sent before an answer came must be locks and reads.
 * @throws DatabaseUnavailable when the database cannot be reached, else what work threw.
 */
export function runPipedTransaction<T>(pool: Pool, work: (tx: PipedTx) => Promise<T>): Promise<T> {
  return attempt(async (begins) => {
    const client = await pool.connect();
    let broken: Error | undefined;
    const { tx, end } = open(client);
    const writes: Promise<unknown>[] = [];
    const faults: unknown[] = [];
    unanswered.set(tx, { writes, faults });
    begins(tx);
    try {
      const result = await work(tx);
      // PostgreSQL knows nothing of one that failed before it was sent, and would commit the others
      if (faults.length > 0) throw faults[0];
      const commit = tx.query({ text: 'commit' });
      commit.catch(() => {}); // where both fail with the connection, the write tells of it
      await Promise.all(writes);
      const { command } = await commit;
      // PostgreSQL's word when a statement failed and its fault was caught
      if (command !== 'COMMIT') throw new Error('A statement of the transaction had failed.');
      return result;
    } catch (error) {
      // a connection that does not take it is not used again, which ends its transaction too
      await tx.query({ text: 'rollback' }).catch((failed: Error) => {
        broken = failed;
      });
      // a write that nobody waited for tells why; what was sent behind it only that something had failed
      await Promise.all(writes);
      throw error;
    } finally {
      end();
      client.release(broken);
    }
  });
}

function open(client: PoolClient): { tx: PipedTx; end: () => void } {
  let isOver = false;
  // pg has it, though its types say nothing of it
  const { connection } = client as { connection?: { stream: Writable } };
  const begun = query(BEGIN);

  /** What is sent in one turn of the event loop leaves together: PostgreSQL is woken once, and not by each statement. */
  function query(statement: QueryConfig | string): Promise<QueryResult> {
    connection?.stream.cork();
    process.nextTick(() => connection?.stream.uncork());
    const answer = client.query(statement as QueryConfig);
    answer.catch(() => {}); // each that waits tells of it; when BEGIN was refused, nobody does
    return answer;
  }

  return {
    tx: {
      query(statement) {
        if (isOver) return Promise.reject(new Error('The transaction is over.'));
        const answer = query(statement);
        return begun.then(() => answer);
      },
    },
    end() {
      isOver = true;
    },
  };
}

/**
 * Makes a write whose answer nobody needs: in a piped transaction only its end waits for that, and fails with it. It sends
 * all its statements at once.
 */
export async function unawaited(tx: SqlTx, write: () => Promise<unknown>): Promise<void> {
  if (isTx(tx)) return void (await write());
  const answer = write();
  const of = unanswered.get(tx);
  of?.writes.push(answer);
  answer.catch((fault) => of?.faults.push(fault)); // the transaction's end tells
}

/**
 * Takes steps one after the other; in a piped transaction they make one trip together. Each sends one statement at once,
 * before it waits for anything; the last one may send more once that is answered.
 * @returns their answers. Throws what the first that failed threw: those behind it have failed too
 */
export async function inOneTrip<Answers extends unknown[]>(
  tx: SqlTx,
  ...steps: { [N in keyof Answers]: () => Promise<Answers[N]> }
): Promise<Answers> {
  if (!isTx(tx)) return (await Promise.all(steps.map((step) => step()))) as Answers;
  const answers: unknown[] = [];
  for (const step of steps) answers.push(await step());
  return answers as Answers;
}
