// A search may only read, and only for a short time: one question that reaches too far must not hold up the others.
import { type Db, type SqlSource, sqlStateOf } from '#platform/db/index.ts';
import { SearchTimedOut } from './port.ts';

const LONGEST_MS = 2_000;
// compiling a plan takes longer than any search may; the memory keeps a common word's documents from disk; and a scan of
// a whole table would unpack the words of every document
const BEGIN = `begin read only; set local statement_timeout = ${LONGEST_MS};
  set local jit = off; set local work_mem = '32MB'; set local enable_seqscan = off`;
/** query_canceled: https://www.postgresql.org/docs/18/errcodes-appendix.html */
const CANCELED = '57014';

/**
 * Runs reads in one short read-only transaction.
 * @throws SearchTimedOut when a statement takes longer than 2 s
 */
export async function readBriefly<T>(
  { pool }: Pick<Db, 'pool'>,
  work: (client: SqlSource) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query(BEGIN);
    const result = await work(client);
    await client.query('commit');
    client.release();
    return result;
  } catch (error) {
    const ended = await client.query('rollback').then(
      () => true,
      () => false,
    );
    client.release(!ended);
    throw sqlStateOf(error) === CANCELED ? new SearchTimedOut() : error;
  }
}
