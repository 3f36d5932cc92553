// Against requests that another site makes in a visitor's browser (CSRF, cross-site WebSocket hijacking): what reads or
// sets the session cookie has to prove that our own pages sent it. Requests with an API key carry no cookie's power and
// prove nothing. After OWASP's "Fetch Metadata" and "custom request header" defences.
// https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html
import type { IncomingHttpHeaders } from 'node:http';
import { OWN_REQUEST_HEADER } from '#graphql/problems.ts';

/**
 * Whether our own pages sent a request, or a program that is no browser and says so.
 * @param publicUrl PUBLIC_URL; undefined = reached as http under whatever name the Host header has
 * @returns true for a browser's word that site and origin are the same, for an Origin that is ours, and for the custom
 *   header, which another site can only send after a preflight that we do not grant for cookies
 */
export function isOwnRequest(headers: IncomingHttpHeaders, publicUrl: string | undefined): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  if (headers.origin !== undefined) return isOwnOrigin(headers, publicUrl);
  return headers[OWN_REQUEST_HEADER] !== undefined;
}

/** Whether the Origin header is there and ours: all that a WebSocket's opening request can prove. */
export function isOwnOrigin(headers: IncomingHttpHeaders, publicUrl: string | undefined): boolean {
  const own = publicUrl ? URL.parse(publicUrl)?.origin : `http://${headers.host}`;
  return headers.origin !== undefined && headers.origin === own;
}
