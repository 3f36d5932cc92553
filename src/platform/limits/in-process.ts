// Rate limits that hold in one process only: for doors where a row in the database for each request would cost more than
// what is protected. N processes let through N times as much.
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Limit, Limits } from './index.ts';
import { takeTry } from './take-try.ts';

/** Opens the limits; what was counted ends with the process. */
export function openProcessLimits(): Pick<Limits, 'take'> {
  const counters = new Map<string, RateLimiterMemory>();
  const counterOf = ({ name, tries, seconds }: Limit): RateLimiterMemory => {
    const counter =
      counters.get(name) ??
      new RateLimiterMemory({ keyPrefix: name, points: tries, duration: seconds });
    counters.set(name, counter);
    return counter;
  };
  return {
    take: (limit, key) => takeTry(counterOf(limit), key),
  };
}
