// What a page must be for anything to be taken from it: one of the site's own, and of a site that is switched on.
import { CollectRefused } from './collect-refused.ts';
import { hostOf, matchHost } from './match-host.ts';
import type { OpenSite } from './open-site.ts';

/**
 * Refuses pages of hosts that the site does not name.
 * @param address an Origin header or a page's address
 * @throws CollectRefused with this code
 */
export function requireOwn(
  { settings, mode }: OpenSite,
  address: string | undefined,
  code: 'FOREIGN_ORIGIN' | 'FORM_DOMAIN_NOT_ALLOWED' = 'FOREIGN_ORIGIN',
): void {
  const host = address === undefined ? null : hostOf(address);
  if (host !== null && matchHost(host, { domains: settings.domains, mode })) return;
  const servers = code === 'FOREIGN_ORIGIN' ? 'assignNumbers' : 'createFormSubmission';
  const fault = address
    ? 'This page is not on one of the domains that the site names. Add the domain with updateSite.'
    : 'No Origin was sent, which tells whose page it is: browsers send one, unless their web security is off.';
  const message = `${fault} Servers use ${servers}.`;
  throw new CollectRefused(code, message);
}

/** Refuses a site that is switched off. Throws CollectRefused SITE_DISABLED. */
export function requireEnabled({ isEnabled }: OpenSite): void {
  if (isEnabled) return;
  throw new CollectRefused('SITE_DISABLED', 'This site is switched off: nothing is taken from it.');
}
