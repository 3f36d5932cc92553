// Rate limits that hold across processes and restarts: counted in Postgres, by the machine's time, in fixed windows.
import { RateLimiterPostgres } from 'rate-limiter-flexible';
import type { Db } from '#platform/db/index.ts';
import { takeTry } from './take-try.ts';

export { openProcessLimits } from './in-process.ts';

/** So many tries in a window that begins with the first. */
export interface Limit {
  /** kebab-case; keys of different limits never meet */
  name: string;
  tries: number;
  seconds: number;
}

export interface Limits {
  /**
   * Counts one try before it is made, so that many at once cannot pass together.
   * @param key who tries, as a hash: rows hold nobody's address
   * @returns null when it may be made, else how long until the window ends
   */
  take(limit: Limit, key: string): Promise<{ retryAfterMs: number } | null>;
  /** Gives a counted try back. */
  giveBack(limit: Limit, key: string): Promise<void>;
  /** Forgets what was counted. */
  forget(limit: Limit, key: string): Promise<void>;
}

/** Opens the limits over the process's pool. The table is prisma/models/limits.prisma. */
export function openLimits(db: Pick<Db, 'pool'>): Limits {
  const counters = new Map<string, RateLimiterPostgres>();
  const counterOf = (limit: Limit): RateLimiterPostgres => {
    const known = counters.get(limit.name);
    if (known) return known;
    const counter = new RateLimiterPostgres({
      storeClient: db.pool,
      storeType: 'pool',
      tableName: 'rate_limit',
      tableCreated: true,
      // one of them deletes, every five minutes, the windows of all that ended an hour ago
      clearExpiredByTimeout: counters.size === 0,
      keyPrefix: limit.name,
      points: limit.tries,
      duration: limit.seconds,
    });
    counters.set(limit.name, counter);
    return counter;
  };
  return {
    take: (limit, key) => takeTry(counterOf(limit), key),
    async giveBack(limit, key) {
      await counterOf(limit).reward(key);
    },
    async forget(limit, key) {
      await counterOf(limit).delete(key);
    },
  };
}
