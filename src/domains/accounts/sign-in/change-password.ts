// Changes the password of a person who is signed in and knows the old one.
import { z } from 'zod';
import { hashPassword, verifyPassword } from '#platform/passwords/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { policyRefused, type Refused } from '#values/refusals.ts';
import type { Viewer } from '#values/viewer.ts';
import { Unauthenticated } from '../errors.ts';
import { lockPerson } from '../store.ts';
import { auditPerson } from './audit-person.ts';
import { sendMailJob } from './jobs.ts';
import type { OpenedSession } from './open-session.ts';
import { authorizeOwnSession } from './own-session.ts';
import { checkNotAddress, givenPasswordShape, newPasswordShape } from './password-shape.ts';
import { serverNow } from './session-life.ts';
import {
  deleteLinks,
  deleteSessions,
  findPersonById,
  findSession,
  writePassword,
  writeSession,
} from './store.ts';
import { hashToken, makeSessionToken } from './tokens.ts';
import { countTry, forgetTries, SIGN_IN_BY_EMAIL } from './try-limits.ts';

const ChangePassword = z.object({
  currentPassword: givenPasswordShape,
  newPassword: newPasswordShape('newPassword'),
});

export type ChangePasswordInput = z.input<typeof ChangePassword>;

/**
 * Changes the password, ends the person's other sessions and links, and gives this session a new token.
 * @throws Forbidden, Unauthenticated; Refused INVALID_INPUT, RATE_LIMITED, or SIGN_IN_REFUSED for a wrong current
 *   password, which counts as a failed sign-in
 */
export async function changePassword(
  platform: Pick<Platform, 'db' | 'clock' | 'log' | 'limits' | 'secrets' | 'jobs'>,
  viewer: Viewer,
  input: ChangePasswordInput,
): Promise<OpenedSession> {
  const { userId, sessionId } = authorizeOwnSession(viewer);
  const { currentPassword, newPassword } = parseInput(ChangePassword, input);
  const { db, clock, jobs } = platform;
  const person = await findPersonById(db.prisma, userId);
  if (!person) throw new Unauthenticated('REVOKED', 'session');
  const tries = { limit: SIGN_IN_BY_EMAIL, of: person.email };
  await countTry(platform, tries);
  const known = person.password?.hash ?? null;
  if (!(await verifyPassword(known, currentPassword))) throw wrongPassword();
  checkNotAddress(newPassword, person.email, 'newPassword');
  const hash = await hashPassword(newPassword);
  const changed = await db.transaction(async (tx) => {
    await lockPerson(tx, person.email);
    const now = await findPersonById(tx, userId);
    if (now?.password?.hash !== known) throw wrongPassword();
    if (!(await findSession(tx, { id: sessionId })))
      throw new Unauthenticated('REVOKED', 'session');
    await writePassword(tx, userId, { hash, changedAt: serverNow(clock) });
    await deleteLinks(tx, userId);
    await deleteSessions(tx, { userId, id: { not: sessionId } });
    await auditPerson(tx, clock, userId, 'changePassword', 'person');
    await jobs.enqueue(tx, sendMailJob, { kind: 'PASSWORD_CHANGED', userId, accountId: null });
    const token = makeSessionToken();
    return { session: await writeSession(tx, sessionId, { tokenHash: hashToken(token) }), token };
  });
  await forgetTries(platform, tries);
  return changed;
}

function wrongPassword(): Refused {
  return policyRefused('SIGN_IN_REFUSED', 'This is not your current password.', {
    field: 'currentPassword',
  });
}
