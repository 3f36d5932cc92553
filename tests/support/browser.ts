// A person's browser, as far as the server can tell: it keeps cookies, sends an Origin and a site, follows no redirect.

import { parseSetCookie } from 'cookie';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { Data } from '../../demo/api.ts';

export interface Answer {
  data: Data;
  errors?: { message: string; extensions: { code: string; reason?: string } }[];
}

export interface Page {
  status: number;
  /** HTML */
  text: string;
  headers: Headers;
}

export interface TestBrowser {
  cookies: Map<string, string>;
  /** the attributes with which a cookie was set last */
  attributesOf(name: string): ReturnType<typeof parseSetCookie> | undefined;
  /** Runs an operation as a script of our own page would; headers replace those of such a script. */
  ask(query: string, variables?: object, headers?: Record<string, string>): Promise<Answer>;
  get(path: string, headers?: Record<string, string>): Promise<Page>;
  /** Sends a form as our own page would, with the hidden fields of that page. */
  send(
    path: string,
    fields: Record<string, string>,
    headers?: Record<string, string>,
  ): Promise<Page>;
  /** A graphql-ws client that opens its socket as our own page would, when it first needs one and then for good. */
  socket(): ReturnType<typeof createClient>;
}

/**
 * Opens a browser without cookies.
 * @param url where the server is reached
 * @param origin what the browser takes the server's address for; other than `url` behind a proxy that speaks TLS
 */
export function openTestBrowser(url: string, origin: string = url): TestBrowser {
  const cookies = new Map<string, string>();
  const attributes = new Map<string, ReturnType<typeof parseSetCookie>>();
  const cookieHeader = () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const own = { origin, 'sec-fetch-site': 'same-origin', 'user-agent': 'Test Browser 1.0' };

  const request = async (path: string, init: RequestInit & { headers: Record<string, string> }) => {
    const headers = { cookie: cookieHeader(), ...init.headers };
    const response = await fetch(`${url}${path}`, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      const cookie = parseSetCookie(line);
      attributes.set(cookie.name, cookie);
      if (cookie.maxAge === 0) cookies.delete(cookie.name);
      else cookies.set(cookie.name, cookie.value ?? '');
    }
    return response;
  };
  const pageOf = async (response: Response): Promise<Page> => ({
    status: response.status,
    text: await response.text(),
    headers: response.headers,
  });
  const get = async (path: string, headers: Record<string, string> = {}) =>
    pageOf(await request(path, { headers }));

  return {
    cookies,
    attributesOf: (name) => attributes.get(name),
    get,
    async ask(query, variables = {}, headers = own) {
      const response = await request('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query, variables }),
      });
      return (await response.json()) as Answer;
    },
    async send(path, fields, headers = own) {
      const form = await get(path);
      const hidden = [...form.text.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)].map(
        ([, name = '', value = '']) => [name, value] as const,
      );
      const [address = path] = path.split('?');
      return pageOf(
        await request(address, {
          method: 'POST',
          headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
          body: new URLSearchParams({ ...Object.fromEntries(hidden), ...fields }).toString(),
        }),
      );
    },
    socket() {
      class OwnSocket extends WebSocket {
        constructor(address: string, protocols: string[]) {
          super(address, protocols, { headers: { cookie: cookieHeader(), origin } });
        }
      }
      return createClient({
        url: `${url.replace('http', 'ws')}/graphql`,
        webSocketImpl: OwnSocket,
        retryAttempts: 0,
        lazyCloseTimeout: 60_000,
      });
    },
  };
}
