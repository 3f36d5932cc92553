// Signing in and out: mutations that need no key, and set the session cookie. They work over HTTP only.
import { browserOf } from '#graphql/browser.ts';
import { defineMutation } from '#graphql/mutation.ts';
import { acceptInvitation } from '../sign-in/accept-invitation.ts';
import { requestPasswordReset } from '../sign-in/request-password-reset.ts';
import { resetPassword } from '../sign-in/reset-password.ts';
import { signIn } from '../sign-in/sign-in.ts';
import { signOut } from '../sign-in/sign-out.ts';
import { keepSession, sessionPayload } from './session-payload.ts';

const PASSWORD = 'The new password, 12 to 200 characters.';
const TOKEN = 'The token of the link, which works once.';

defineMutation('signIn', {
  description:
    'Signs a person in, in the account that they joined first, and sets the session cookie. Needs no key. At most 10 tries for one e-mail address and 50 failed ones from one network address in 15 minutes.',
  open: true,
  input: (t) => ({
    email: t.string({ required: true, description: 'The person’s e-mail address.' }),
    password: t.string({ required: true, description: 'The person’s password.' }),
  }),
  run: (input, context) =>
    keepSession(context, (browser) => signIn(context.platform, browser, input)),
  payload: sessionPayload('The new session.'),
});

defineMutation('signOut', {
  description: 'Ends the session of the cookie, and removes the cookie. Needs no key.',
  open: true,
  input: (t) => ({
    everywhere: t.boolean({ description: 'Ends every session of the person, not only this one.' }),
  }),
  run: async (input, context) => {
    const browser = browserOf(context);
    const ended = await signOut(context.platform, browser, input);
    browser.dropSession();
    return ended;
  },
  payload: (t) => ({
    endedSessions: t.int({
      nullable: true,
      description: 'How many sessions ended; 0 when the cookie’s had ended before.',
      resolve: ({ endedSessions }) => endedSessions,
    }),
  }),
});

defineMutation('acceptInvitation', {
  description:
    'Sets the first password of an invited person, and signs them in to the account that invited them. Needs no key.',
  open: true,
  input: (t) => ({
    token: t.string({ required: true, description: TOKEN }),
    password: t.string({ required: true, description: PASSWORD }),
    name: t.string({
      description: 'The person’s name, up to 100 characters; as invited when left out.',
    }),
  }),
  run: (input, context) =>
    keepSession(context, (browser) => acceptInvitation(context.platform, browser, input)),
  payload: sessionPayload('The new session.'),
});

defineMutation('requestPasswordReset', {
  description:
    'Has a link for a new password mailed. The answer is the same whether anybody has the address or not. Needs no key. At most 3 requests for one e-mail address in an hour.',
  open: true,
  input: (t) => ({
    email: t.string({ required: true, description: 'The person’s e-mail address.' }),
  }),
  run: (input, context) => requestPasswordReset(context.platform, browserOf(context), input),
  payload: (t) => ({
    requested: t.boolean({
      nullable: true,
      description: 'True: if somebody who can sign in has the address, a mail is on its way.',
      resolve: ({ requested }) => requested,
    }),
  }),
});

defineMutation('resetPassword', {
  description:
    'Sets a new password by the link of a reset mail, ends every session of the person and signs them in. Needs no key.',
  open: true,
  input: (t) => ({
    token: t.string({ required: true, description: TOKEN }),
    password: t.string({ required: true, description: PASSWORD }),
  }),
  run: (input, context) =>
    keepSession(context, (browser) => resetPassword(context.platform, browser, input)),
  payload: sessionPayload('The new session.'),
});
