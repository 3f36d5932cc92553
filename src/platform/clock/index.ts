// Business time. Rules, due times and rows take it from here, so that a test can turn it; `now()` in SQL is banned.

export interface Clock {
  /** The time in which this account lives. */
  now(accountId: string): Date;
}

/** The clock of a real server: every account lives in the machine's time. */
export const systemClock: Clock = { now: () => new Date() };

/** A clock for tests: it stands still until it is turned. */
export function turnedClock(
  start: Date,
): Clock & { advance(ms: number): void; set(to: Date): void } {
  let at = start.getTime();
  return {
    now: () => new Date(at),
    advance: (ms) => {
      at += ms;
    },
    set: (to) => {
      at = to.getTime();
    },
  };
}
