// One try, counted before it is made: what every kind of counter does alike.
import { type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible';

/** Null when it may be made, else how long until the window ends. Throws what the counter itself fails with. */
export async function takeTry(
  counter: RateLimiterAbstract,
  key: string,
): Promise<{ retryAfterMs: number } | null> {
  try {
    await counter.consume(key);
    return null;
  } catch (thrown) {
    if (thrown instanceof RateLimiterRes) return { retryAfterMs: thrown.msBeforeNext };
    throw thrown;
  }
}
