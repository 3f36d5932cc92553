// How often people may try to sign in, to be sent a link, or to use one: per network address and per e-mail address.
import type { Clock } from '#platform/clock/index.ts';
import type { Limit, Limits } from '#platform/limits/index.ts';
import type { Log } from '#platform/log/index.ts';
import type { Secrets } from '#platform/secrets/index.ts';
import { policyRefused } from '#values/refusals.ts';
import { serverNow } from './session-life.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** Failed tries only: one that succeeds is given back. An office shares an address, hence the larger figure. */
export const SIGN_IN_BY_ADDRESS: Limit = {
  name: 'sign-in-address',
  tries: 50,
  seconds: 15 * MINUTE,
};
/** Guessing one person's password from many addresses. A reset by mail lifts it. */
export const SIGN_IN_BY_EMAIL: Limit = { name: 'sign-in-email', tries: 10, seconds: 15 * MINUTE };
export const RESET_BY_ADDRESS: Limit = { name: 'reset-address', tries: 20, seconds: HOUR };
/** Nobody's mailbox is filled by others. */
export const RESET_BY_EMAIL: Limit = { name: 'reset-email', tries: 3, seconds: HOUR };
export const LINK_BY_ADDRESS: Limit = { name: 'link-address', tries: 30, seconds: 15 * MINUTE };
export const INVITATIONS: Limit = { name: 'invitation', tries: 5, seconds: 24 * HOUR };

/** What counting needs. */
export interface Counting {
  limits: Limits;
  secrets: Secrets;
  clock: Clock;
  log: Log;
}

/** Which tries: a limit and whose. */
export interface Tries {
  limit: Limit;
  /** an address or id; kept as a MAC only */
  of: string;
}

/**
 * Counts a try before it is made. Of several limits the first that refuses stops the count.
 * @throws Refused RATE_LIMITED with retryAt
 */
export async function countTry(
  { limits, secrets, clock, log }: Counting,
  ...all: readonly Tries[]
): Promise<void> {
  for (const { limit, of } of all) {
    const refused = await limits.take(limit, keyOf(secrets, of));
    if (!refused) continue;
    log.warn({ limit: limit.name }, 'tries were refused: too many in a short time');
    const retryAt = new Date(serverNow(clock).getTime() + refused.retryAfterMs);
    const message = `Too many tries: ${limit.tries} in ${limit.seconds / MINUTE} minutes. Try again after ${retryAt.toISOString()}.`;
    throw policyRefused('RATE_LIMITED', message, { figures: { limit: limit.tries, retryAt } });
  }
}

/** Gives a try back that turned out to be good. */
export function giveTryBack({ limits, secrets }: Counting, { limit, of }: Tries): Promise<void> {
  return limits.giveBack(limit, keyOf(secrets, of));
}

/** Forgets a person's failed tries. */
export function forgetTries({ limits, secrets }: Counting, { limit, of }: Tries): Promise<void> {
  return limits.forget(limit, keyOf(secrets, of));
}

function keyOf(secrets: Secrets, of: string): string {
  return secrets.sign(of, 'limits');
}
