// The pages on which people sign in, and to which the links of our mails lead. They need no script; each form calls one
// verb, as the mutation of the same name does.
import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  acceptInvitation,
  authenticateSession,
  listOwnAccounts,
  requestPasswordReset,
  resetPassword,
  signIn,
  signOut,
  Unauthenticated,
} from '#domains/accounts/index.ts';
import type { CookieBrowser } from '#graphql/context.ts';
import { isDatabaseUnavailable } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { escapeHtml } from '#values/escape-html.ts';
import { Refused } from '#values/refusals.ts';
import { formToken, readForm } from './form-guard.ts';
import { isSecure, openBrowser, type Standing } from './open-browser.ts';
import { answerPage, type Field, formOf } from './page.ts';
import { readSessionCookie } from './session-cookie.ts';
import type { Door } from './start-http.ts';

const EMAIL: Field = {
  name: 'email',
  label: 'E-mail address',
  type: 'email',
  autocomplete: 'username',
};
const NEW_PASSWORD: Field = {
  name: 'password',
  label: 'New password',
  type: 'password',
  autocomplete: 'new-password',
  lengths: [12, 200],
  hint: '12 characters or more; a few words do well.',
};
const NAME: Field = {
  name: 'name',
  label: 'Your name',
  type: 'text',
  autocomplete: 'name',
  lengths: [1, 100],
  hint: 'Leave it empty to keep the one in the invitation.',
  isOptional: true,
};

type Needs = Platform;
type Fields = URLSearchParams;

interface Page {
  title: string;
  fields: readonly Field[];
  button: string;
  below?: string;
  /** calls the verb; what it answers is told instead of the form, otherwise the person is sent to /sign-in */
  send(platform: Needs, browser: CookieBrowser, sent: Fields): Promise<string | null>;
}

const text = (sent: Fields, name: string): string => sent.get(name) ?? '';

const PAGES: Record<string, Page> = {
  '/sign-in': {
    title: 'Sign in',
    fields: [
      EMAIL,
      { name: 'password', label: 'Password', type: 'password', autocomplete: 'current-password' },
    ],
    button: 'Sign in',
    below: '<p><a href="/forgot-password">Forgotten your password?</a></p>',
    async send(platform, browser, sent) {
      const input = { email: text(sent, 'email'), password: text(sent, 'password') };
      browser.keepSession((await signIn(platform, browser, input)).token);
      return null;
    },
  },
  '/sign-out': {
    title: 'Sign out',
    fields: [],
    button: 'Sign out',
    async send(platform, browser) {
      await signOut(platform, browser, {});
      browser.dropSession();
      return null;
    },
  },
  '/invitation': {
    title: 'Welcome',
    fields: [NAME, NEW_PASSWORD],
    button: 'Set password and sign in',
    async send(platform, browser, sent) {
      const input = {
        token: text(sent, 'token'),
        password: text(sent, 'password'),
        name: text(sent, 'name').trim() || null,
      };
      browser.keepSession((await acceptInvitation(platform, browser, input)).token);
      return null;
    },
  },
  '/forgot-password': {
    title: 'Forgotten your password?',
    fields: [EMAIL],
    button: 'Send me a link',
    below: '<p><a href="/sign-in">Back to signing in</a></p>',
    async send(platform, browser, sent) {
      await requestPasswordReset(platform, browser, { email: text(sent, 'email') });
      return '<p>If somebody here has this address, a mail with a link is on its way. The link is good for an hour.</p>';
    },
  },
  '/reset': {
    title: 'Choose a new password',
    fields: [NEW_PASSWORD],
    button: 'Set password and sign in',
    async send(platform, browser, sent) {
      const input = { token: text(sent, 'token'), password: text(sent, 'password') };
      browser.keepSession((await resetPassword(platform, browser, input)).token);
      return null;
    },
  },
};

/** Makes the door: a handler that answers false when the path is none of its pages. */
export function peopleDoor(platform: Platform, standing: Standing): Door {
  const show = (
    request: IncomingMessage,
    response: ServerResponse,
    page: Page,
    sent: Fields,
    refusal?: { status: number; message: string },
  ): void => {
    const form = formToken(request, response, standing, platform.secrets);
    const token = sent.get('token');
    const fields = page.fields.map((field) =>
      field.type === 'password' ? field : { ...field, value: text(sent, field.name) },
    );
    const hidden = { form, ...(token ? { token } : {}) };
    answerPage(response, refusal?.status ?? 200, {
      title: page.title,
      ...(refusal ? { message: refusal.message } : {}),
      content: `${formOf({ fields, hidden, button: page.button })}\n${page.below ?? ''}`,
    });
  };

  const send = async (request: IncomingMessage, response: ServerResponse, page: Page) => {
    const sent = await readForm(request, standing, platform.secrets);
    if (sent === 'TOO_LARGE') return answerPage(response, 413, tooLarge);
    const browser = openBrowser(request, response, standing);
    if (sent === 'FOREIGN' || !browser) {
      return answerPage(response, 403, foreign);
    }
    try {
      const told = await page.send(platform, browser, sent);
      if (told !== null) return answerPage(response, 200, { title: page.title, content: told });
      response.writeHead(303, { location: '/sign-in', 'cache-control': 'no-store' });
      response.end();
    } catch (thrown) {
      show(request, response, page, sent, refusalOf(thrown));
    }
  };

  return async (request, response, url) => {
    const page = Object.hasOwn(PAGES, url.pathname) ? PAGES[url.pathname] : undefined;
    if (!page) return false;
    if (request.method === 'POST') await send(request, response, page);
    else if (url.pathname === '/sign-in') await showSignIn(request, response, page, url);
    else show(request, response, page, url.searchParams);
    return true;
  };

  async function showSignIn(
    request: IncomingMessage,
    response: ServerResponse,
    page: Page,
    url: URL,
  ): Promise<void> {
    const account = await signedInTo(platform, request, standing).catch((thrown: unknown) =>
      refusalOf(thrown),
    );
    if (account === null) return show(request, response, page, url.searchParams);
    if (typeof account !== 'string') {
      return show(request, response, page, url.searchParams, account);
    }
    const form = formToken(request, response, standing, platform.secrets);
    const signOutForm = formOf({
      fields: [],
      hidden: { form },
      button: 'Sign out',
      action: '/sign-out',
    });
    answerPage(response, 200, {
      title: 'You are signed in',
      content: `<p>Your account here is <strong>${escapeHtml(account)}</strong>.</p>
<p><a href="/graphql">Open GraphiQL</a>: every query, mutation and subscription that your role allows.</p>
${signOutForm}`,
    });
  }
}

const foreign = {
  title: 'This form was not taken',
  content:
    '<p>It is too old, or another site sent it. Go back, load the page again and repeat.</p>',
};
const tooLarge = { title: 'This form was not taken', content: '<p>It is too large.</p>' };

/** The name of the account that the browser is signed in to, or null. */
async function signedInTo(
  platform: Platform,
  { headers }: IncomingMessage,
  standing: Standing,
): Promise<string | null> {
  const token = readSessionCookie(headers, isSecure(standing));
  if (token === null) return null;
  try {
    const viewer = await authenticateSession(platform, token);
    const accounts = await listOwnAccounts(platform, viewer);
    return accounts?.find((one) => one.accountId === viewer.accountId)?.account.name ?? null;
  } catch (thrown) {
    if (thrown instanceof Unauthenticated) return null;
    throw thrown;
  }
}

function refusalOf(thrown: unknown): { status: number; message: string } {
  if (thrown instanceof Refused) {
    const message = [thrown, ...thrown.also].map((refusal) => refusal.message).join(' ');
    return { status: thrown.code === 'RATE_LIMITED' ? 429 : 422, message };
  }
  if (!isDatabaseUnavailable(thrown)) throw thrown;
  return { status: 503, message: 'The server cannot reach its database. Try again shortly.' };
}
