// A browser's word on when something happened: taken where it can be true, since beacons overtake each other, and
// replaced by the server's time where its clock is wrong.

const MOST_LATE_MS = 5 * 60_000;

/**
 * The moment to store.
 * @param told what the browser said, milliseconds since 1970
 * @param now the server's time when it heard of it
 * @returns `told` when it is at most five minutes before now and not after it, else now
 */
export function trustTime(told: number, now: Date): Date {
  const lateMs = now.getTime() - told;
  return lateMs >= 0 && lateMs <= MOST_LATE_MS ? new Date(told) : now;
}
