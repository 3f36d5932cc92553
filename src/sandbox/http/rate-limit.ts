// Requests per second of real time, told in x-ratelimit headers on every answer.
import { refusals } from '../refusal.ts';

/**
 * Makes a counter over windows of one second.
 * @returns a function that counts a request and gives the headers, or throws 429 (code 10011)
 */
export function createRateLimit(requestsPerSecond: number): () => Record<string, string> {
  let windowStart = 0;
  let used = 0;
  return () => {
    const now = performance.now();
    if (now - windowStart >= 1000) {
      windowStart = now;
      used = 0;
    }
    used += 1;
    const headers = {
      'x-ratelimit-limit': String(requestsPerSecond),
      'x-ratelimit-remaining': String(Math.max(0, requestsPerSecond - used)),
      'x-ratelimit-reset': String(Math.max(1, Math.ceil((windowStart + 1000 - now) / 1000))),
    };
    if (used > requestsPerSecond) throw refusals.tooMany(headers);
    return headers;
  };
}
