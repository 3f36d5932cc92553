// Ends one of a person's own sessions, the one in use included.
import { z } from 'zod';
import type { Clock } from '#platform/clock/index.ts';
import type { Db } from '#platform/db/index.ts';
import { parseInput } from '#values/parse-input.ts';
import { notFound } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import { audit } from '../audit.ts';
import { idShape } from '../shapes.ts';
import { authorizeOwnSession } from './own-session.ts';
import { deleteSessions } from './store.ts';

const RevokeSession = z.object({ sessionId: idShape });

export type RevokeSessionInput = z.input<typeof RevokeSession>;

/**
 * Ends a session at once; its open subscriptions end at their next check.
 * @returns the session's id, and whether it is the one that asked
 * @throws Forbidden, Refused INVALID_INPUT, NOT_FOUND for what is no session of this person
 */
export async function revokeSession(
  { db, clock }: { db: Db; clock: Clock },
  viewer: Viewer,
  input: RevokeSessionInput,
): Promise<{ id: string; isOwn: boolean }> {
  const { userId, sessionId } = authorizeOwnSession(viewer);
  const { sessionId: id } = parseInput(RevokeSession, input);
  return db.transaction(async (tx) => {
    if ((await deleteSessions(tx, { userId, id })) === 0) throw notFound('sessionId', 'Session');
    await audit(tx, viewer, clock, { action: 'revokeSession', subject: `session:${id}` });
    return { id, isOwn: id === sessionId };
  });
}
