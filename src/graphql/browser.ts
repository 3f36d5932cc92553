// The browser of a request, for the mutations that set its cookie.
import type { Context, CookieBrowser } from './context.ts';
import { crossSiteRequest } from './problems.ts';

/**
 * The browser behind a request.
 * @throws CROSS_SITE_REQUEST for a request that did not prove to come from our own pages, and for sockets
 */
export function browserOf({ browser }: Context): CookieBrowser {
  if (!browser) throw crossSiteRequest();
  return browser;
}
