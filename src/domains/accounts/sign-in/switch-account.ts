// Moves a person's session to another account of theirs, under a new token.
import { z } from 'zod';
import type { Clock } from '#platform/clock/index.ts';
import type { Db } from '#platform/db/index.ts';
import { parseInput } from '#values/parse-input.ts';
import { notFound } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import { audit } from '../audit.ts';
import { Unauthenticated } from '../errors.ts';
import { idShape } from '../shapes.ts';
import { memberViewer } from '../viewers.ts';
import type { OpenedSession } from './open-session.ts';
import { authorizeOwnSession } from './own-session.ts';
import { findSession, readMemberships, writeSession } from './store.ts';
import { hashToken, makeSessionToken } from './tokens.ts';

const SwitchAccount = z.object({ accountId: idShape });

export type SwitchAccountInput = z.input<typeof SwitchAccount>;

/**
 * Switches the session; subscriptions that are open in the old account end at their next check.
 * @throws Forbidden, Unauthenticated, Refused INVALID_INPUT, NOT_FOUND for an account that the person cannot sign in to
 */
export async function switchAccount(
  { db, clock }: { db: Db; clock: Clock },
  viewer: Viewer,
  input: SwitchAccountInput,
): Promise<OpenedSession> {
  const { userId, sessionId } = authorizeOwnSession(viewer);
  const { accountId } = parseInput(SwitchAccount, input);
  return db.transaction(async (tx) => {
    const memberships = await readMemberships(tx, userId);
    const membership = memberships.find((one) => one.accountId === accountId);
    if (!membership) throw notFound('accountId', 'Account');
    if (!(await findSession(tx, { id: sessionId })))
      throw new Unauthenticated('REVOKED', 'session');
    const token = makeSessionToken();
    const session = await writeSession(tx, sessionId, { tokenHash: hashToken(token), accountId });
    await audit(tx, memberViewer(membership), clock, {
      action: 'switchAccount',
      subject: `session:${sessionId}`,
    });
    return { session, token };
  });
}
