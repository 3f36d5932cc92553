// The session cookie: its name, how it is read and written.
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { parseCookie, stringifySetCookie } from 'cookie';

const NAME = 'switchboard_session';
/** Longer than any session lives: the server ends it by its own clock. */
const KEPT_SECONDS = 31 * 24 * 3_600;

/**
 * Under https the name begins with __Host-: then browsers take the cookie only from this very host, over TLS, for the
 * whole of it, and no neighbouring subdomain can plant one.
 */
export function cookieName(name: string, isSecure: boolean): string {
  return isSecure ? `__Host-${name}` : name;
}

/** The token in a request's cookie, or null. */
export function readSessionCookie(headers: IncomingHttpHeaders, isSecure: boolean): string | null {
  return readCookie(headers, cookieName(NAME, isSecure));
}

/** One cookie's value, or null when there is none or it is empty. */
export function readCookie(headers: IncomingHttpHeaders, name: string): string | null {
  return parseCookie(headers.cookie ?? '')[name] || null;
}

/** Has an answer set the session cookie; a null token removes it. */
export function writeSessionCookie(
  response: ServerResponse,
  isSecure: boolean,
  token: string | null,
): void {
  writeCookie(response, {
    name: cookieName(NAME, isSecure),
    value: token ?? '',
    maxAge: token === null ? 0 : KEPT_SECONDS,
    secure: isSecure,
    sameSite: 'lax',
  });
}

/** Has an answer set a cookie that scripts cannot read, for the whole of this host. */
export function writeCookie(
  response: ServerResponse,
  cookie: {
    name: string;
    value: string;
    maxAge: number;
    secure: boolean;
    sameSite: 'lax' | 'strict';
  },
): void {
  response.appendHeader('set-cookie', stringifySetCookie({ ...cookie, path: '/', httpOnly: true }));
}
