// What the mutations that begin or renew a session share: the cookie, and the session in the payload.
import { browserOf } from '#graphql/browser.ts';
import type { Context } from '#graphql/context.ts';
import type { defineMutation } from '#graphql/mutation.ts';
import type { Browser } from '#values/browser.ts';
import type { OpenedSession } from '../sign-in/open-session.ts';
import type { SessionRow } from '../sign-in/store.ts';
import { Session } from './session.ts';

/** Runs a verb that opens a session, and has the answer carry its token in the cookie and nowhere else. */
export async function keepSession(
  context: Context,
  open: (browser: Browser) => Promise<OpenedSession>,
): Promise<SessionRow> {
  const browser = browserOf(context);
  const { session, token } = await open(browser);
  browser.keepSession(token);
  return session;
}

type Payload = Parameters<typeof defineMutation<Record<never, never>, SessionRow>>[1]['payload'];

/** The payload `{ session }`. */
export function sessionPayload(description: string): Payload {
  return (t) => ({
    session: t.field({
      type: Session,
      nullable: true,
      description,
      resolve: (session) => session,
    }),
  });
}
