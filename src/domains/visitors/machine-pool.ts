// How full a pool is, and when that is worth telling (product.md 4.5). Pure.

/** From the last sign of life of its holder: two heartbeats may be lost on the way. */
export const LEASE_MS = 2 * 60_000;
/** After that a call on the number still counts as its last holder's: people dial after they have left the page. */
export const COOLING_MS = 15 * 60_000;
/** For who pressed a link to dial the number: the telephone's own dialler may keep it for later. */
export const PIN_MS = 60 * 60_000;
export const HEARTBEAT_SECONDS = 45;

/** The shares of a pool, in percent, that are told when they are reached. */
const LEVELS = [50, 80, 95, 100] as const;
/** A level that was told is told again only after the share has fallen so far below it. */
const HYSTERESIS = 10;

export interface PoolFill {
  total: number;
  held: number;
  /** the highest level that was told and not fallen below since; 0 = none */
  level: number;
  exhaustedAt: Date | null;
}

/** What a pool has become, and what of it is new. */
export interface PoolStep {
  level: number;
  exhaustedAt: Date | null;
  /** the level that was reached just now; null = none that is new */
  reached: number | null;
  /** a spell without numbers began just now */
  isExhausted: boolean;
}

/**
 * Judges a pool after a visitor asked for a number.
 * @param pool with `held` as it is now
 * @param isRefused there was none
 */
export function stepPool(pool: PoolFill, isRefused: boolean, now: Date): PoolStep {
  const share = pool.total === 0 ? 100 : (pool.held * 100) / pool.total;
  const highest = (most: number): number => LEVELS.findLast((level) => level <= most) ?? 0;
  const level = Math.max(highest(share), Math.min(pool.level, highest(share + HYSTERESIS)));
  const isNew = level > pool.level;
  // one that gives and refuses by turns is in one spell, until it has room again
  const kept = level === 100 ? pool.exhaustedAt : null;
  const exhaustedAt = isRefused ? (kept ?? now) : kept;
  return {
    level,
    exhaustedAt,
    reached: isNew ? level : null,
    isExhausted: isRefused && kept === null,
  };
}
