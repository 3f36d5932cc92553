// Nothing but the public internet is ever connected to, whatever spelling, name, redirect or change of mind leads away
// from it. A watched socket proves it: not one begins to connect.
import { Socket } from 'node:net';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openOutbound } from '#platform/outbound/index.ts';
import { stranger } from './stranger.ts';

const secret = await stranger((_request, response) => response.end('secret'));
const everywhere = await stranger((_request, response) => response.end('secret'), { host: '::' });

/** where sockets of this process began to connect to */
const begun: string[] = [];
const { connect } = Socket.prototype;
Socket.prototype.connect = function (this: Socket, ...to: unknown[]) {
  begun.push(JSON.stringify(to[0]));
  return connect.apply(this, to as never);
};
afterAll(() => {
  Socket.prototype.connect = connect;
});
beforeEach(() => {
  begun.length = 0;
});
afterEach(() => {
  expect(secret.connections() + everywhere.connections()).toBe(0);
});

const letter = (url: string) => ({ url, headers: {}, body: '{}' });

/** host as a URL writes it → what it is */
const LITERALS: Record<string, string> = {
  '127.0.0.1': 'loopback',
  '127.255.255.254': 'loopback',
  '0.0.0.0': 'this host',
  '0': 'this host, short',
  '10.0.0.1': 'private',
  '172.16.0.1': 'private',
  '172.31.255.255': 'private, last',
  '192.168.1.1': 'private',
  '169.254.169.254': 'cloud metadata',
  '169.254.1.1': 'link-local',
  '100.64.0.1': 'carrier-grade NAT',
  '100.100.100.200': 'cloud metadata inside carrier-grade NAT',
  '168.63.129.16': 'cloud platform, public by its form',
  '192.0.0.192': 'cloud metadata inside a reserved block',
  '192.0.2.1': 'documentation',
  '198.18.0.1': 'benchmarking',
  '198.51.100.7': 'documentation',
  '203.0.113.9': 'documentation',
  '224.0.0.1': 'multicast',
  '240.0.0.1': 'reserved',
  '255.255.255.255': 'broadcast',
  '2130706433': 'loopback, decimal',
  '0x7f000001': 'loopback, hexadecimal',
  '0x7f.1': 'loopback, hexadecimal and short',
  '017700000001': 'loopback, octal',
  '0177.0.0.1': 'loopback, octal in part',
  '127.1': 'loopback, short',
  '%31%32%37.0.0.1': 'loopback, percent-encoded',
  '①②⑦.⓪.⓪.①': 'loopback, in circled digits',
  '127。0。0。1': 'loopback, with ideographic full stops',
  '0xa9fea9fe': 'cloud metadata, hexadecimal',
  'public.example@127.0.0.1': 'loopback behind a user name',
  'public.example:443@127.0.0.1': 'loopback behind a user name and password',
  '[::1]': 'loopback',
  '[::]': 'this host',
  '[0:0:0:0:0:0:0:1]': 'loopback, in full',
  '[::ffff:127.0.0.1]': 'loopback, mapped',
  '[::ffff:7f00:1]': 'loopback, mapped, hexadecimal',
  '[::ffff:169.254.169.254]': 'cloud metadata, mapped',
  '[::127.0.0.1]': 'loopback, IPv4-compatible',
  '[::ffff:0:127.0.0.1]': 'loopback, translated',
  '[64:ff9b::7f00:1]': 'loopback behind NAT64',
  '[64:ff9b:1::a00:1]': 'private behind local NAT64',
  '[2002:7f00:1::]': 'loopback behind 6to4',
  '[2001:0:7f00:1::]': 'Teredo',
  '[fc00::1]': 'unique local',
  '[fd00:ec2::254]': 'cloud metadata, unique local',
  '[fe80::1]': 'link-local',
  '[fec0::1]': 'site-local',
  '[ff02::1]': 'multicast',
  '[100::1]': 'discard',
  '[2001:db8::1]': 'documentation',
  '[4000::1]': 'not given out',
};

describe('literals', () => {
  const outbound = openOutbound({
    allowed: [],
    resolve: async (name) => Promise.reject(new Error(`${name} was looked up`)),
  });

  it('are a table of many', () => {
    expect(Object.keys(LITERALS).length).toBeGreaterThanOrEqual(30);
  });

  it.each(Object.entries(LITERALS))('%s (%s) is refused without a connection', async (host) => {
    for (const [scheme, port] of [
      ['http', secret.port],
      ['https', everywhere.port],
    ]) {
      const url = `${scheme}://${host}:${port}/hook`;
      expect(await outbound.post(letter(url))).toMatchObject({
        status: null,
        failure: 'ADDRESS_REFUSED',
      });
      expect(outbound.refusalOf(url)).not.toBeNull();
    }
    expect(begun).toEqual([]);
  });

  it.each([
    'ftp://example.com/',
    'file:///etc/passwd',
    'example.com',
    '',
    'http://',
    'http://[::1',
  ])('%j is no address for a letter', async (url) => {
    expect(await outbound.post(letter(url))).toMatchObject({ failure: 'ADDRESS_REFUSED' });
    expect(begun).toEqual([]);
  });

  it.each(['http://93.184.215.14/', 'https://[2606:2800:21f:cb07::1]/', 'https://example.com/x'])(
    '%s may be tried',
    (url) => {
      expect(outbound.refusalOf(url)).toBeNull();
    },
  );
});

describe('names', () => {
  it.each([
    ['a private address', [['10.0.0.1', 4]]],
    ['the metadata service', [['169.254.169.254', 4]]],
    ['loopback, IPv6', [['::1', 6]]],
    ['loopback, mapped', [['::ffff:127.0.0.1', 6]]],
    ['public and private ones', [['93.184.215.14', 4], ['127.0.0.1', 4]]], // biome-ignore format: a table
    ['a link-local one with its zone', [['fe80::1%eth0', 6]]],
    ['what is no address', [['secret.internal', 4]]],
  ] as const)('that lead to %s are refused', async (_what, found) => {
    const outbound = openOutbound({
      allowed: [],
      resolve: async () => found.map(([address, family]) => ({ address, family })),
    });
    expect(await outbound.post(letter('https://hook.example/'))).toMatchObject({
      failure: 'ADDRESS_REFUSED',
    });
    expect(begun).toEqual([]);
  });

  it.each(['localhost', 'localhost.', 'ip6-localhost'])(
    '%s is looked up and refused',
    async (name) => {
      const exchange = await openOutbound({ allowed: [] }).post(
        letter(`http://${name}:${secret.port}/`),
      );
      // where no DNS answers at all the name may not even be found
      expect(['ADDRESS_REFUSED', 'NAME_NOT_RESOLVED', 'TIMEOUT']).toContain(exchange.failure);
      expect(begun.filter((to) => to.includes(String(secret.port)))).toEqual([]);
    },
  );

  it('that change between two lookups are asked for once: the judged address is the connected one', async () => {
    const allowed = await stranger((_request, response) => response.end('fine'), {
      host: '127.0.0.2',
    });
    const answers = ['127.0.0.2', '127.0.0.1'];
    let asked = 0;
    const outbound = openOutbound({
      allowed: ['127.0.0.2'],
      resolve: async () => [{ address: answers[asked++ % 2] ?? '', family: 4 }],
    });
    const url = `http://rebinding.example:${allowed.port}/`;
    expect(await outbound.post(letter(url))).toMatchObject({ status: 200, response: 'fine' });
    expect(asked).toBe(1);
    expect(allowed.connections()).toBe(1);
    // the next letter meets the other answer, and is refused before anything is opened
    begun.length = 0;
    expect(await outbound.post(letter(url))).toMatchObject({ failure: 'ADDRESS_REFUSED' });
    expect(begun).toEqual([]);
  });
});

describe('redirects', () => {
  it.each([301, 302, 303, 307, 308])(
    '%i to a private address is told, not followed',
    async (status) => {
      const lure = await stranger(
        (_request, response) =>
          response.writeHead(status, { location: `http://127.0.0.1:${secret.port}/` }).end(),
        { host: '127.0.0.2' },
      );
      const outbound = openOutbound({ allowed: ['127.0.0.2'] });
      expect(await outbound.post(letter(`http://127.0.0.2:${lure.port}/`))).toMatchObject({
        status,
        failure: null,
      });
      expect(lure.connections()).toBe(1);
    },
  );
});

describe('what the operator names', () => {
  it('is reached, its neighbours are not', async () => {
    const inside = await stranger((_request, response) => response.end(), { host: '127.0.0.9' });
    const outbound = openOutbound({ allowed: ['127.0.0.8/31', 'fd00::/8'] });
    const post = (host: string) => outbound.post(letter(`http://${host}:${inside.port}/`));
    expect(await post('127.0.0.9')).toMatchObject({ status: 200 });
    expect(await post('[::ffff:127.0.0.9]')).toMatchObject({ status: 200 });
    expect(await post('127.0.0.10')).toMatchObject({ failure: 'ADDRESS_REFUSED' });
    expect(await post('[::1]')).toMatchObject({ failure: 'ADDRESS_REFUSED' });
    expect(outbound.refusalOf('http://[fd00::1]/')).toBeNull();
  });

  it('must be an address or a network', () => {
    expect(() => openOutbound({ allowed: ['localhost'] })).toThrow();
    expect(() => openOutbound({ allowed: ['10.0.0.0/99'] })).toThrow();
  });
});
