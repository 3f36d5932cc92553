// Reports that read calls and facts themselves take turns on their share of the pool's connections: a dashboard of them, or
// a hundred, must not hold up a call.
import pLimit, { type LimitFunction } from 'p-limit';
import { type Db, shareOfPool } from '#platform/db/index.ts';

/** As long as an operation may take: nobody waits for the rest of a report that takes longer. */
const PATIENCE_MS = 10_000;

/** A report that reads too much took too long. */
export class ReportTimedOut extends Error {
  constructor() {
    super(
      'The report took too long. Ask for fewer days or companies, or for less at once: without a filter by what each call tells, and with a model in place of weights, it is answered from sums.',
    );
    this.name = 'ReportTimedOut';
  }
}

const turns = new WeakMap<Db['pool'], LimitFunction>();

/**
 * Begins a report of several statements.
 * @param patienceMs how long it may take together, the wait for its turns included
 * @returns runs one of its statements when its turn comes; throws ReportTimedOut when the report has taken too long by then
 */
export function readInTurn(
  { pool }: Pick<Db, 'pool'>,
  patienceMs: number = PATIENCE_MS,
): <T>(statement: () => Promise<T>) => Promise<T> {
  const inTurn = turns.get(pool) ?? pLimit(shareOfPool({ pool }, 'reports'));
  turns.set(pool, inTurn);
  const beganMs = performance.now();
  return (statement) =>
    inTurn(() => {
      if (performance.now() - beganMs >= patienceMs) throw new ReportTimedOut();
      return statement();
    });
}
