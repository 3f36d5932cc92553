// Signs a person in. An address that nobody has and a wrong password get the same answer after the same work.
import { z } from 'zod';
import { newId } from '#platform/ids/index.ts';
import { verifyPassword } from '#platform/passwords/index.ts';
import type { Platform } from '#platform/platform.ts';
import type { Browser } from '#values/browser.ts';
import { parseInput } from '#values/parse-input.ts';
import { policyRefused, type Refused } from '#values/refusals.ts';
import { audit } from '../audit.ts';
import { emailShape } from '../shapes.ts';
import { lockPerson } from '../store.ts';
import { memberViewer } from '../viewers.ts';
import { noteFailedSignInJob } from './jobs.ts';
import { type OpenedSession, openSessionIn } from './open-session.ts';
import { givenPasswordShape } from './password-shape.ts';
import { findPerson, findPersonById, readMemberships } from './store.ts';
import {
  countTry,
  forgetTries,
  giveTryBack,
  SIGN_IN_BY_ADDRESS,
  SIGN_IN_BY_EMAIL,
} from './try-limits.ts';

const SignIn = z.object({ email: emailShape, password: givenPasswordShape });

export type SignInInput = z.input<typeof SignIn>;

/**
 * Opens a session in the account that the person joined first.
 * @throws Refused INVALID_INPUT for what is no address, RATE_LIMITED, or SIGN_IN_REFUSED
 */
export async function signIn(
  platform: Pick<Platform, 'db' | 'clock' | 'log' | 'limits' | 'secrets' | 'jobs'>,
  browser: Browser,
  input: SignInInput,
): Promise<OpenedSession> {
  const { email, password } = parseInput(SignIn, input);
  const { db, clock, jobs } = platform;
  const byAddress = { limit: SIGN_IN_BY_ADDRESS, of: browser.address };
  const byEmail = { limit: SIGN_IN_BY_EMAIL, of: email };
  await countTry(platform, byAddress, byEmail);
  const person = await findPerson(db.prisma, email);
  const known = person?.password?.hash ?? null;
  const isRight = await verifyPassword(known, password);
  if (!person || !isRight) {
    // for an address that nobody has, a job about nobody: it costs the same
    const userId = person?.id ?? newId();
    await db.transaction((tx) => jobs.enqueue(tx, noteFailedSignInJob, { userId }));
    throw signInRefused();
  }
  const opened = await db.transaction(async (tx) => {
    await lockPerson(tx, email);
    // the password may have been changed while it was being checked
    const now = await findPersonById(tx, person.id);
    const [membership] = await readMemberships(tx, person.id);
    if (now?.password?.hash !== known || !membership) return null;
    const made = await openSessionIn(tx, clock, membership, browser);
    await audit(tx, memberViewer(membership), clock, {
      action: 'signIn',
      subject: `session:${made.session.id}`,
    });
    return made;
  });
  if (!opened) throw signInRefused();
  await giveTryBack(platform, byAddress);
  await forgetTries(platform, byEmail);
  return opened;
}

function signInRefused(): Refused {
  const message =
    'The e-mail address or the password is wrong. If you have forgotten the password, ask for a reset.';
  return policyRefused('SIGN_IN_REFUSED', message);
}
