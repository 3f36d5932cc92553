// What both kinds of links do: set the person's password once, end every other link and session, sign the person in.
import type { SignInLinkPurpose } from '#generated/prisma/enums.ts';
import { hashPassword } from '#platform/passwords/index.ts';
import type { Platform } from '#platform/platform.ts';
import type { Browser } from '#values/browser.ts';
import { lockPerson } from '../store.ts';
import { auditPerson } from './audit-person.ts';
import { sendMailJob } from './jobs.ts';
import { linkInvalid } from './links.ts';
import { type OpenedSession, openSessionIn } from './open-session.ts';
import { checkNotAddress } from './password-shape.ts';
import { serverNow } from './session-life.ts';
import {
  deleteLinks,
  deleteSessions,
  findLink,
  readMemberships,
  writeName,
  writePassword,
} from './store.ts';
import { hashToken } from './tokens.ts';
import {
  countTry,
  forgetTries,
  giveTryBack,
  LINK_BY_ADDRESS,
  SIGN_IN_BY_EMAIL,
} from './try-limits.ts';

/** The slice of the platform that links need. */
export type LinkNeeds = Pick<Platform, 'db' | 'clock' | 'log' | 'limits' | 'secrets' | 'jobs'>;

const ACTIONS: Record<SignInLinkPurpose, string> = {
  INVITATION: 'acceptInvitation',
  PASSWORD_RESET: 'resetPassword',
};

/**
 * @param want.password checked for length already
 * @param want.name a new name; the person's own choice
 * @throws Refused RATE_LIMITED, LINK_INVALID, INVALID_INPUT for a password that holds the address
 */
export async function setPasswordByLink(
  platform: LinkNeeds,
  browser: Browser,
  purpose: SignInLinkPurpose,
  want: { token: string; password: string; name?: string | null | undefined },
): Promise<OpenedSession> {
  const { db, clock, jobs } = platform;
  const tries = { limit: LINK_BY_ADDRESS, of: browser.address };
  await countTry(platform, tries);
  const hash = hashToken(want.token);
  const seen = await findLink(db.prisma, hash, purpose, serverNow(clock));
  if (!seen) throw linkInvalid();
  const { userId, accountId } = seen;
  const { email } = seen.user;
  checkNotAddress(want.password, email, 'password');
  const passwordHash = await hashPassword(want.password);
  const opened = await db.transaction(async (tx) => {
    await lockPerson(tx, email);
    const changedAt = serverNow(clock);
    if (!(await findLink(tx, hash, purpose, changedAt))) throw linkInvalid();
    const memberships = await readMemberships(tx, userId);
    const membership = memberships.find((one) => one.accountId === accountId) ?? memberships[0];
    if (!membership) throw linkInvalid();
    await writePassword(tx, userId, { hash: passwordHash, changedAt });
    if (want.name) await writeName(tx, userId, want.name);
    await deleteLinks(tx, userId);
    await deleteSessions(tx, { userId });
    await auditPerson(tx, clock, userId, ACTIONS[purpose], 'person');
    if (purpose === 'PASSWORD_RESET') {
      await jobs.enqueue(tx, sendMailJob, { kind: 'PASSWORD_CHANGED', userId, accountId: null });
    }
    return openSessionIn(tx, clock, membership, browser);
  });
  await giveTryBack(platform, tries);
  await forgetTries(platform, { limit: SIGN_IN_BY_EMAIL, of: email });
  return opened;
}
