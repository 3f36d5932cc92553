// Which addresses strangers may send us to: the public internet, and what the operator has named. Judged by the address
// itself, whatever name or spelling led to it.
import ipaddr from 'ipaddr.js';

type Network = [ipaddr.IPv4 | ipaddr.IPv6, number];

/** Of IPv6 only this is given out to the public internet (RFC 4291, 2.4; IANA's registry of 2026). */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');
/** Public by its form, but answered by the host of a virtual machine: Azure's platform address. */
const PLATFORM = ipaddr.IPv4.parse('168.63.129.16').toString();

/**
 * Reads the operator's list.
 * @param allowed addresses and networks: 127.0.0.1, 10.0.0.0/8, fd00::/8
 * @throws when an entry is neither
 */
export function readNetworks(allowed: readonly string[]): Network[] {
  return allowed.map((entry) => {
    if (entry.includes('/')) return ipaddr.parseCIDR(entry);
    const address = ipaddr.process(entry);
    return [address, address.kind() === 'ipv4' ? 32 : 128];
  });
}

/**
 * Judges an address.
 * @param text an IPv4 or IPv6 address as a resolver or a URL gives it, without brackets
 * @returns null when it may be connected to, else what it is: loopback, private, linkLocal …; `malformed` for anything
 *   that is no address
 */
export function judgeAddress(text: string, allowed: readonly Network[]): string | null {
  if (!ipaddr.isValid(text)) return 'malformed';
  // an IPv4 address in the dress of IPv6 reaches the same host
  const address = ipaddr.process(text);
  const isAllowed = allowed.some(
    ([network, bits]) => network.kind() === address.kind() && address.match(network, bits),
  );
  if (isAllowed) return null;
  const range = address.range();
  if (range !== 'unicast') return range;
  if (address.toString() === PLATFORM) return 'platform';
  if (address.kind() === 'ipv6' && !address.match(GLOBAL_UNICAST)) return 'reserved';
  return null;
}
