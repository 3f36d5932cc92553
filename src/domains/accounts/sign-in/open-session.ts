// Begins a session: always a new one under a new token, so that a token which somebody planted beforehand is worth
// nothing. The session that the browser had until now ends.
import type { Clock } from '#platform/clock/index.ts';
import type { Tx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { Browser } from '#values/browser.ts';
import { LONGEST_MS, MOST_SESSIONS, serverNow } from './session-life.ts';
import {
  deleteSessions,
  insertSession,
  type OwnMembership,
  readSessions,
  type SessionRow,
} from './store.ts';
import { hashToken, makeSessionToken } from './tokens.ts';

const MOST_AGENT_LENGTH = 200;

/** A session and its token, which goes into the cookie and nowhere else. */
export interface OpenedSession {
  session: SessionRow;
  token: string;
}

/** Opens a session in an account. Hold the person's lock. */
export async function openSessionIn(
  tx: Tx,
  clock: Clock,
  membership: OwnMembership,
  browser: Browser,
): Promise<OpenedSession> {
  const { accountId, userId } = membership;
  if (browser.sessionToken !== null) {
    await deleteSessions(tx, { tokenHash: hashToken(browser.sessionToken) });
  }
  const surplus = await readSessions(tx, {
    where: { userId },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    skip: MOST_SESSIONS - 1,
  });
  await deleteSessions(tx, { userId, id: { in: surplus.map(({ id }) => id) } });
  const now = serverNow(clock);
  const token = makeSessionToken();
  const session = await insertSession(tx, {
    id: newId(),
    userId,
    accountId,
    tokenHash: hashToken(token),
    userAgent: browser.userAgent?.slice(0, MOST_AGENT_LENGTH) ?? null,
    createdAt: now,
    lastUsedAt: now,
    expiresAt: new Date(now.getTime() + LONGEST_MS),
  });
  return { session, token };
}
