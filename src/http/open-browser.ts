// The browser behind an HTTP request: its address, its session cookie, and the means to set that.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CookieBrowser } from '#graphql/context.ts';
import type { Config } from '#platform/config/index.ts';
import { clientAddress } from './client-address.ts';
import { isOwnRequest } from './own-request.ts';
import { readSessionCookie, writeSessionCookie } from './session-cookie.ts';

/** What the doors must know of where the server stands. */
export type Standing = Pick<Config, 'PUBLIC_URL' | 'TRUSTED_PROXIES'>;

/** Whether browsers reach this server by https, and cookies are Secure. */
export function isSecure({ PUBLIC_URL }: Standing): boolean {
  return PUBLIC_URL?.startsWith('https:') ?? false;
}

/** The browser of a request; null when nothing proves that our own pages sent it. */
export function openBrowser(
  request: IncomingMessage,
  response: ServerResponse,
  standing: Standing,
): CookieBrowser | null {
  if (!isOwnRequest(request.headers, standing.PUBLIC_URL)) return null;
  const secure = isSecure(standing);
  return {
    address: clientAddress(request, standing.TRUSTED_PROXIES),
    userAgent: request.headers['user-agent'] ?? null,
    sessionToken: readSessionCookie(request.headers, secure),
    keepSession: (token) => writeSessionCookie(response, secure, token),
    dropSession: () => writeSessionCookie(response, secure, null),
  };
}
