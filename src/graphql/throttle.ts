// The bucket of query points that every key has, in this process's memory: 2,000 points, restored at 100 a second.

export const MAXIMUM_AVAILABLE = 2_000;
export const RESTORE_RATE = 100;
/** full buckets are forgotten when there are more than this */
const MAX_BUCKETS = 10_000;

export interface ThrottleStatus {
  maximumAvailable: number;
  currentlyAvailable: number;
  restoreRate: number;
}

export interface Throttle {
  status(key: string): ThrottleStatus;
  /** takes the points, or tells after how many whole seconds they will be there */
  take(key: string, points: number): { taken: true } | { taken: false; retryAfterSeconds: number };
  /** gives back what a query did not use */
  refund(key: string, points: number): void;
}

interface Bucket {
  available: number;
  atMs: number;
}

/** The points in a bucket at a moment. */
export function refill(bucket: Bucket, nowMs: number): number {
  const restored = ((nowMs - bucket.atMs) / 1000) * RESTORE_RATE;
  return Math.min(MAXIMUM_AVAILABLE, bucket.available + restored);
}

/** Opens the buckets of a process. `nowMs` is any steady clock in milliseconds. */
export function openThrottle(nowMs: () => number = () => performance.now()): Throttle {
  const buckets = new Map<string, Bucket>();

  const available = (key: string): number => {
    const bucket = buckets.get(key);
    return bucket ? refill(bucket, nowMs()) : MAXIMUM_AVAILABLE;
  };
  const set = (key: string, points: number): void => {
    buckets.set(key, { available: Math.min(MAXIMUM_AVAILABLE, points), atMs: nowMs() });
    if (buckets.size > MAX_BUCKETS) dropFull();
  };
  const dropFull = (): void => {
    for (const key of buckets.keys()) if (available(key) >= MAXIMUM_AVAILABLE) buckets.delete(key);
  };

  return {
    status: (key) => ({
      maximumAvailable: MAXIMUM_AVAILABLE,
      currentlyAvailable: Math.floor(available(key)),
      restoreRate: RESTORE_RATE,
    }),
    take: (key, points) => {
      const left = available(key) - points;
      if (left < 0) {
        return { taken: false, retryAfterSeconds: Math.max(1, Math.ceil(-left / RESTORE_RATE)) };
      }
      set(key, left);
      return { taken: true };
    },
    refund: (key, points) => {
      if (points > 0) set(key, available(key) + points);
    },
  };
}
