// The line of HTML that brings the script into the pages of a site.
import type { SiteRow } from './store-sites.ts';

/**
 * Writes it. It names the cookies that are kept with a session: a first visit is told with them, before the page has heard
 * anything of the server.
 * @param publicUrl origin of this server @param more further attributes, a space before each
 */
export function tagOf(
  { publishableKey, customCookies }: Pick<SiteRow, 'publishableKey' | 'customCookies'>,
  publicUrl: string,
  more = '',
): string {
  const names = customCookies.join(' ').replaceAll('&', '&amp;');
  const cookies = names && ` data-cookies="${names}"`;
  return `<script src="${publicUrl}/swap.js" data-key="${publishableKey}"${cookies}${more}></script>`;
}
