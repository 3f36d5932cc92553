// From the token of a cookie to a viewer. Nothing is remembered between requests: a session that was ended, a role that
// was changed and a membership that was removed are seen by the next request of every process.
import type { Clock } from '#platform/clock/index.ts';
import { DatabaseUnavailable, isDatabaseUnavailable, type Tx } from '#platform/db/index.ts';
import type { Viewer } from '#values/viewer.ts';
import { Unauthenticated } from '../errors.ts';
import { memberViewer } from '../viewers.ts';
import { isAlive, serverNow } from './session-life.ts';
import { findSession, type SessionRow, touchSession } from './store.ts';
import { hashToken } from './tokens.ts';

interface Accounts {
  db: { prisma: Tx };
  clock: Clock;
}

/** last_used_at is written at most this often per session. */
const TOUCH_EVERY_MS = 60_000;

/**
 * Finds the person behind a session cookie, in the session's account.
 * @throws Unauthenticated UNKNOWN, EXPIRED or, for a role that cannot sign in, REVOKED. DatabaseUnavailable
 */
export function authenticateSession(accounts: Accounts, token: string): Promise<Viewer> {
  return viewerOf(accounts, findSession(accounts.db.prisma, { tokenHash: hashToken(token) }));
}

/**
 * Asks again whether a person is still signed in, in the same account; what an open subscription does counts as use.
 * @returns the viewer as it is now
 * @throws Unauthenticated when the session has ended or moved to another account. DatabaseUnavailable
 */
export async function recheckSession(
  accounts: Accounts,
  viewer: Viewer,
  sessionId: string,
): Promise<Viewer> {
  const now = await viewerOf(
    accounts,
    findSession(accounts.db.prisma, { id: sessionId }),
    'REVOKED',
  );
  if (now.accountId !== viewer.accountId) throw new Unauthenticated('REVOKED', 'session');
  return now;
}

async function viewerOf(
  { db, clock }: Accounts,
  asked: Promise<SessionRow | null>,
  missing: 'UNKNOWN' | 'REVOKED' = 'UNKNOWN',
): Promise<Viewer> {
  const session = await asked.catch((error: unknown) => {
    throw isDatabaseUnavailable(error) ? new DatabaseUnavailable(error) : error;
  });
  if (!session) throw new Unauthenticated(missing, 'session');
  const now = serverNow(clock);
  if (!isAlive(session, now)) throw new Unauthenticated('EXPIRED', 'session');
  if (session.membership.role === 'NOTIFICATION') throw new Unauthenticated('REVOKED', 'session');
  noteUse(db, session, now);
  const viewer = memberViewer(session.membership);
  return { ...viewer, actor: { kind: 'user', id: session.userId, sessionId: session.id } };
}

/** Beside the request, never in its way: the next request notes what this one could not. */
function noteUse(db: Accounts['db'], session: SessionRow, now: Date): void {
  if (now.getTime() - session.lastUsedAt.getTime() < TOUCH_EVERY_MS) return;
  const before = new Date(now.getTime() - TOUCH_EVERY_MS);
  touchSession(db.prisma, session.id, now, before).catch(() => {});
}
