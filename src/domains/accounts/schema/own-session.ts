// What a person who is signed in does about it: another account, another password, fewer sessions.
import { browserOf } from '#graphql/browser.ts';
import { defineMutation } from '#graphql/mutation.ts';
import { readId } from '#graphql/read-id.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import { changePassword } from '../sign-in/change-password.ts';
import { revokeSession } from '../sign-in/revoke-session.ts';
import { switchAccount } from '../sign-in/switch-account.ts';
import { keepSession, sessionPayload } from './session-payload.ts';

defineMutation('switchAccount', {
  description:
    'Moves the session to another account of the person. Subscriptions that are open in the old one end; open them anew, on a new socket.',
  input: (t) => ({
    accountId: t.id({ required: true, description: 'Which account; see `Viewer.accounts`.' }),
  }),
  run: ({ accountId }, context) =>
    keepSession(context, () =>
      switchAccount(context.platform, context.viewer, {
        accountId: readId(accountId, 'Account', 'accountId'),
      }),
    ),
  payload: sessionPayload('The session, in its new account.'),
});

defineMutation('changePassword', {
  description: 'Changes the person’s password and ends their other sessions.',
  input: (t) => ({
    currentPassword: t.string({ required: true, description: 'The password until now.' }),
    newPassword: t.string({
      required: true,
      description: 'The new password, 12 to 200 characters.',
    }),
  }),
  run: (input, context) =>
    keepSession(context, () => changePassword(context.platform, context.viewer, input)),
  payload: sessionPayload('The session that goes on.'),
});

defineMutation('revokeSession', {
  description: 'Ends one of the person’s sessions; its own one too, as signing out does.',
  input: (t) => ({
    sessionId: t.id({ required: true, description: 'Which session; see `Viewer.sessions`.' }),
  }),
  run: async ({ sessionId }, context) => {
    const browser = browserOf(context);
    const revoked = await revokeSession(context.platform, context.viewer, {
      sessionId: readId(sessionId, 'Session', 'sessionId'),
    });
    if (revoked.isOwn) browser.dropSession();
    return revoked;
  },
  payload: (t) => ({
    revokedSessionId: t.id({
      nullable: true,
      description: 'The id that the session had.',
      resolve: ({ id }) => encodeGlobalId('Session', id),
    }),
  }),
});
