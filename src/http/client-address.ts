// Whom a request comes from, for rate limits: behind proxies it is they who connect, and say for whom.
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

/**
 * The address of the client.
 * @param proxies how many of our own proxies stand before the server (TRUSTED_PROXIES). Each adds to X-Forwarded-For
 *   whom it saw, so the last so many entries are true; what stands before them anybody can write.
 * @returns its network (`networkOf`), since a household has so many
 */
export function clientAddress(request: IncomingMessage, proxies: number): string {
  const forwarded = [request.headers['x-forwarded-for'] ?? []]
    .flat()
    .flatMap((header) => header.split(','))
    .map((entry) => entry.trim());
  const told = proxies > 0 ? forwarded.at(-proxies) : undefined;
  return networkOf(told && isIP(told) ? told : (request.socket.remoteAddress ?? ''));
}

/** Who shares an address's connection: the IPv4 address itself, of an IPv6 one its first 64 bits; other texts as they are. */
export function networkOf(address: string): string {
  const v4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (v4) return v4;
  return isIP(address) === 6 ? `${expand(address).slice(0, 4).join(':')}::/64` : address;
}

/** The eight groups of an IPv6 address. */
function expand(address: string): string[] {
  const [head = '', tail] = (address.split('%')[0] ?? '').split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0');
  const groups = tail === undefined ? before : [...before, ...zeros, ...after];
  return groups.map((group) => group.toLowerCase().replace(/^0+(?=.)/, ''));
}
