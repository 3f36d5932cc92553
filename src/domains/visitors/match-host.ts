// Whether a page belongs to a site. Pure.

const OWN_MACHINE = /^(?:localhost|127\.0\.0\.1|\[::1\]|(?:.+\.)?localhost)$/;

/** A site as far as its pages' hosts go. */
export interface Hosts {
  /** host names, lower case */
  domains: readonly string[];
  mode: 'LIVE' | 'TEST';
}

/**
 * Whether pages of this host are the site's: one of its domains, or a subdomain of one. In TEST accounts a developer's own
 * machine is too.
 * @param host a URL's `hostname`
 */
export function matchHost(host: string, { domains, mode }: Hosts): boolean {
  const name = host.toLowerCase().replace(/\.$/, '');
  if (mode === 'TEST' && OWN_MACHINE.test(name)) return true;
  return domains.some((domain) => name === domain || name.endsWith(`.${domain}`));
}

/** RFC 1035, 2.3.4: a longer name is nobody's */
const MOST_OF_NAME = 253;

/**
 * The host of an http or https address; null for anything else.
 * @param address an Origin header or a page's address
 */
export function hostOf(address: string): string | null {
  const url = URL.parse(address);
  if (!url || !/^https?:$/.test(url.protocol)) return null;
  return url.hostname.length > MOST_OF_NAME ? null : url.hostname;
}
