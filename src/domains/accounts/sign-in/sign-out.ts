// Ends the browser's session, or all that its person has. It asks for no right: whoever holds a token may end it.
import { z } from 'zod';
import type { Clock } from '#platform/clock/index.ts';
import type { Db } from '#platform/db/index.ts';
import type { Browser } from '#values/browser.ts';
import { parseInput } from '#values/parse-input.ts';
import { audit } from '../audit.ts';
import { memberViewer } from '../viewers.ts';
import { deleteSessions, findSession } from './store.ts';
import { hashToken } from './tokens.ts';

const SignOut = z.object({ everywhere: z.boolean().nullish() });

export type SignOutInput = z.input<typeof SignOut>;

/**
 * Signs out; open subscriptions of the ended sessions end at their next check.
 * @returns how many sessions ended: 0 when the browser had none that lived
 */
export async function signOut(
  { db, clock }: { db: Db; clock: Clock },
  browser: Browser,
  input: SignOutInput,
): Promise<{ endedSessions: number }> {
  const { everywhere } = parseInput(SignOut, input);
  const { sessionToken } = browser;
  if (sessionToken === null) return { endedSessions: 0 };
  return db.transaction(async (tx) => {
    const session = await findSession(tx, { tokenHash: hashToken(sessionToken) });
    if (!session) return { endedSessions: 0 };
    const { id, userId, membership } = session;
    const endedSessions = await deleteSessions(tx, { userId, ...(everywhere ? {} : { id }) });
    await audit(tx, memberViewer(membership), clock, {
      action: everywhere ? 'signOutEverywhere' : 'signOut',
      subject: `session:${id}`,
    });
    return { endedSessions };
  });
}
