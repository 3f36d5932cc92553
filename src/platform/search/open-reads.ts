// A search may only read, and only for a short time: one question that reaches too far must not hold up the others.
import { type Db, type SqlSource, shareOfPool, sqlStateOf } from '#platform/db/index.ts';
import { SearchTimedOut } from './port.ts';
import { takeTurns } from './take-turns.ts';

const LONGEST_MS = 2_000;
// compiling a plan takes longer than any search may; the memory keeps a common word's documents from disk; and a scan of
// a whole table would unpack the words of every document
const BEGIN = `begin read only; set local statement_timeout = ${LONGEST_MS};
  set local jit = off; set local work_mem = '32MB'; set local enable_seqscan = off`;
/** query_canceled: https://www.postgresql.org/docs/18/errcodes-appendix.html */
const CANCELED = '57014';

/** What reads with it see one short read-only transaction each. */
export type ReadBriefly = <T>(work: (client: SqlSource) => Promise<T>) => Promise<T>;

/**
 * Makes the way in which searches read: on their share of the pool's connections.
 * @throws SearchTimedOut when a statement, or the wait for a connection, takes longer than 2 s
 */
export function openReads({ pool }: Pick<Db, 'pool'>): ReadBriefly {
  const most = shareOfPool({ pool }, 'searches');
  const inTurn = takeTurns(most, LONGEST_MS, () => new SearchTimedOut());
  return (work) =>
    inTurn(async () => {
      const client = await pool.connect();
      try {
        // it makes one trip with the first question
        const begun = client.query(BEGIN);
        const [result] = await Promise.all([work(client), begun]);
        // nobody waits for the end of what only read
        void client.query('commit').then(
          () => client.release(),
          () => client.release(true),
        );
        return result;
      } catch (error) {
        const ended = await client.query('rollback').then(
          () => true,
          () => false,
        );
        client.release(!ended);
        throw sqlStateOf(error) === CANCELED ? new SearchTimedOut() : error;
      }
    });
}
