// Which requests may use a cookie: those of our own pages, whatever another site makes a browser send.
import { describe, expect, it } from 'vitest';
import { isOwnOrigin, isOwnRequest } from '#http/own-request.ts';

const HOST = { host: 'calls.example.com' };
const PUBLIC = 'https://calls.example.com/';

describe('a request is ours', () => {
  it.each([
    ['same-origin', { 'sec-fetch-site': 'same-origin', origin: 'https://calls.example.com' }],
    ['same-origin without Origin (a GET of our page)', { 'sec-fetch-site': 'same-origin' }],
    ['an older browser, by its Origin', { origin: 'https://calls.example.com' }],
    ['a program that says so', { 'x-switchboard-request': '1' }],
  ])('%s', (_name, headers) => {
    expect(isOwnRequest({ ...HOST, ...headers }, PUBLIC)).toBe(true);
  });

  it.each([
    ['another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
    [
      'a neighbouring subdomain',
      { 'sec-fetch-site': 'same-site', origin: 'https://x.example.com' },
    ],
    ['a link from elsewhere', { 'sec-fetch-site': 'cross-site' }],
    ['typed into the address bar', { 'sec-fetch-site': 'none' }],
    [
      'another site, custom header and all',
      { 'sec-fetch-site': 'cross-site', 'x-switchboard-request': '1' },
    ],
    ['a foreign Origin', { origin: 'https://evil.example' }],
    [
      'a foreign Origin, custom header and all',
      { origin: 'https://evil.example', 'x-switchboard-request': '1' },
    ],
    ['a sandboxed frame', { origin: 'null' }],
    ['our host, but not over TLS', { origin: 'http://calls.example.com' }],
    ['our host, another port', { origin: 'https://calls.example.com:8443' }],
    ['a host that ends like ours', { origin: 'https://evilcalls.example.com' }],
    ['nothing that proves anything', {}],
  ])('not when it is from %s', (_name, headers) => {
    expect(isOwnRequest({ ...HOST, ...headers }, PUBLIC)).toBe(false);
  });

  it('by the Host header where PUBLIC_URL is not set', () => {
    const at = (host: string, origin: string) => isOwnRequest({ host, origin }, undefined);
    expect(at('localhost:4000', 'http://localhost:4000')).toBe(true);
    expect(at('127.0.0.1:4000', 'http://127.0.0.1:4000')).toBe(true);
    expect(at('127.0.0.1:4000', 'http://127.0.0.1:4001')).toBe(false);
    expect(at('127.0.0.1:4000', 'http://evil.example')).toBe(false);
  });
});

it('a socket is ours by its Origin alone', () => {
  expect(isOwnOrigin({ ...HOST, origin: 'https://calls.example.com' }, PUBLIC)).toBe(true);
  for (const headers of [
    {},
    { origin: 'https://evil.example' },
    { 'x-switchboard-request': '1' },
  ]) {
    expect(isOwnOrigin({ ...HOST, ...headers }, PUBLIC)).toBe(false);
  }
});
