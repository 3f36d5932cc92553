// A backup copies the database first and the files after it. What a change of a row leaves behind of files must stay until
// those are copied, too: the copied row still names it.
import pg from 'pg';
import { LOCKS } from './locks.ts';
import type { Tx } from './transaction.ts';

/**
 * Has no file removed that a copied row may name, for as long as `work` takes; waits for removals that are under way.
 * @param url the database
 * @throws what work throws
 */
export async function holdingFiles<T>(url: string, work: () => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [LOCKS.backup]);
    return await work();
  } finally {
    await client.end();
  }
}

/** Whether files that no row names any more may be removed before `tx` ends: false while a backup copies them. */
export async function mayRemoveFiles(tx: Tx): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ may: boolean }[]>`
    select pg_try_advisory_xact_lock_shared(${LOCKS.backup}::bigint) as may`;
  return row?.may === true;
}
