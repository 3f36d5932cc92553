// Which part of a process's connections each kind of work takes at most. All together leave a fifth: to the API, to jobs,
// and to whoever stores what a carrier sends, in the middle of any storm.
import type { Pool } from 'pg';

const PERCENT = {
  /** steps of calls */
  calls: 20,
  /** texts on their way out, which hold one while the carrier answers */
  texts: 15,
  /** pages that were opened, which hold one while they wait for their pool */
  visits: 10,
  /** page views and heartbeats: many in one transaction */
  signs: 10,
  /** what carriers tell of all but calls */
  sessions: 10,
  /** those of it for which the carrier is asked for more */
  askingSessions: 5,
  searches: 10,
  /** those that read calls and facts themselves */
  reports: 5,
} as const;

export type PoolShare = keyof typeof PERCENT;

/**
 * How many connections a kind of work may take at once in this process, at least one: a pool of fewer than ten cannot be
 * shared out.
 */
export function shareOfPool({ pool }: { pool: Pick<Pool, 'options'> }, share: PoolShare): number {
  return Math.max(1, Math.floor((pool.options.max * PERCENT[share]) / 100));
}
