// How long sessions live. All of signing in goes by the server's clock, since a person may be in several accounts.
import type { Clock } from '#platform/clock/index.ts';

const DAY_MS = 24 * 3_600_000;
/** A session that nobody has used for so long has ended. */
export const IDLE_MS = 7 * DAY_MS;
/** However much it is used, a session ends so long after it began. */
export const LONGEST_MS = 30 * DAY_MS;
/** Of more sessions of one person the oldest end. */
export const MOST_SESSIONS = 50;

/** The time by which people sign in. */
export function serverNow(clock: Clock): Date {
  return clock.now('');
}

/** Whether a session is good at a moment. */
export function isAlive(session: { lastUsedAt: Date; expiresAt: Date }, now: Date): boolean {
  return session.expiresAt > now && session.lastUsedAt.getTime() + IDLE_MS > now.getTime();
}

/** The `where` of the sessions that are good at a moment. */
export function alive(now: Date) {
  return { expiresAt: { gt: now }, lastUsedAt: { gt: new Date(now.getTime() - IDLE_MS) } };
}
