// Whom the limits count: nobody can write themselves a new address, and nobody has 2^64 of them.
import type { IncomingMessage } from 'node:http';
import { expect, it } from 'vitest';
import { clientAddress } from '#http/client-address.ts';

const from = (remoteAddress: string, forwarded: string | undefined, proxies: number) =>
  clientAddress(
    {
      socket: { remoteAddress },
      headers: { 'x-forwarded-for': forwarded },
    } as never as IncomingMessage,
    proxies,
  );

it.each([
  ['who connects', '203.0.113.7', undefined, 0, '203.0.113.7'],
  ['who connects, whatever the header claims', '203.0.113.7', '198.51.100.1', 0, '203.0.113.7'],
  ['whom our proxy saw', '10.0.0.1', '198.51.100.1', 1, '198.51.100.1'],
  [
    'whom our proxy saw, not what the client wrote',
    '10.0.0.1',
    '192.0.2.66, 198.51.100.1',
    1,
    '198.51.100.1',
  ],
  [
    'whom the first of two proxies saw',
    '10.0.0.1',
    '192.0.2.66, 198.51.100.1, 10.0.0.2',
    2,
    '198.51.100.1',
  ],
  ['the proxy, when it told nothing', '10.0.0.1', undefined, 1, '10.0.0.1'],
  ['the proxy, when what it told is no address', '10.0.0.1', 'unknown', 1, '10.0.0.1'],
  ['IPv4 in the dress of IPv6', '::ffff:203.0.113.7', undefined, 0, '203.0.113.7'],
  [
    'the network of an IPv6 address',
    '2001:db8:1:2:aaaa:bbbb:cccc:dddd',
    undefined,
    0,
    '2001:db8:1:2::/64',
  ],
  ['the same network, written short', '2001:0DB8:1:2::1', undefined, 0, '2001:db8:1:2::/64'],
  ['zeros in front', '::1', undefined, 0, '0:0:0:0::/64'],
])('is %s', (_name, remote, forwarded, proxies, expected) => {
  expect(from(remote, forwarded, proxies)).toBe(expected);
});
