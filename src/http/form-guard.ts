// Forms of our pages: what they may be sent with, and the token that shows that this server handed the form out to this
// browser (a signed double submit: the cookie's value and its MAC in the form).
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Secrets } from '#platform/secrets/index.ts';
import { isSecure, type Standing } from './open-browser.ts';
import { isOwnRequest } from './own-request.ts';
import { cookieName, readCookie, writeCookie } from './session-cookie.ts';

const NAME = 'switchboard_form';
const PURPOSE = 'form';
const KEPT_SECONDS = 24 * 3_600;
const MOST_BYTES = 10 * 1024;

/** The token for a form that is about to be shown; the browser gets the cookie that goes with it. */
export function formToken(
  request: IncomingMessage,
  response: ServerResponse,
  standing: Standing,
  secrets: Secrets,
): string {
  const secure = isSecure(standing);
  const name = cookieName(NAME, secure);
  const value = readCookie(request.headers, name) ?? randomBytes(24).toString('base64url');
  writeCookie(response, { name, value, maxAge: KEPT_SECONDS, secure, sameSite: 'strict' });
  return secrets.sign(value, PURPOSE);
}

/** The fields of a form that was sent, or why it is not taken: from elsewhere (or too old), or too large. */
export async function readForm(
  request: IncomingMessage,
  standing: Standing,
  secrets: Secrets,
): Promise<URLSearchParams | 'FOREIGN' | 'TOO_LARGE'> {
  if (!isOwnRequest(request.headers, standing.PUBLIC_URL)) return 'FOREIGN';
  const text = await readText(request);
  if (text === null) return 'TOO_LARGE';
  const fields = new URLSearchParams(text);
  const cookie = readCookie(request.headers, cookieName(NAME, isSecure(standing)));
  const isOurs = cookie !== null && secrets.verify(cookie, fields.get('form') ?? '', PURPOSE);
  return isOurs ? fields : 'FOREIGN';
}

async function readText(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
