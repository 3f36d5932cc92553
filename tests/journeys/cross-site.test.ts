// Other sites in the browser of a person who is signed in: they read nothing, change nothing, sign nobody in or out,
// send no form, follow no events.
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { ME, PASSWORD, peopleOf, SIGN_IN, SIGN_OUT } from '#tests/support/people.ts';
import { openTown } from '#tests/support/town.ts';

const town = await openTown();
const people = peopleOf(town);
const robin = await people.arrives();
const LIVE = 'subscription { events { type } }';
const COOKIE = 'switchboard_session';

/** What a page of another site, or of a neighbouring one, can have a browser send. */
const FOREIGN = [
  ['another site’s script', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
  ['a page on another port', { origin: 'http://127.0.0.1:1', 'sec-fetch-site': 'same-site' }],
  ['a sandboxed frame', { origin: 'null', 'sec-fetch-site': 'cross-site' }],
  ['an older browser on another site', { origin: 'https://evil.example' }],
  ['nothing that says who sent it', {}],
] as const;

describe('another site in the person’s browser', () => {
  it.each(FOREIGN)('reads nothing and changes nothing: %s', async (_name, headers) => {
    const { errors } = await robin.browser.ask(ME, {}, headers);
    expect(errors?.[0]?.extensions.code).toBe('CROSS_SITE_REQUEST');
    const rename = 'mutation { updateAccount(input: { name: "Taken" }) { account { name } } }';
    const changed = await robin.browser.ask(rename, {}, headers);
    expect(changed.errors?.[0]?.extensions.code).toBe('CROSS_SITE_REQUEST');
    expect((await town.ask('{ viewer { account { name } } }')).viewer.account.name).toBe('Sandbox');
  });

  it.each(FOREIGN)('signs nobody in or out: %s', async (_name, headers) => {
    const visitor = people.browser();
    const input = { email: robin.email, password: PASSWORD };
    const signedIn = await visitor.ask(SIGN_IN, { input }, headers);
    expect(signedIn.errors?.[0]?.extensions.code).toBe('CROSS_SITE_REQUEST');
    expect(visitor.cookies.size).toBe(0);
    const out = await robin.browser.ask(SIGN_OUT, { input: {} }, headers);
    expect(out.errors?.[0]?.extensions.code).toBe('CROSS_SITE_REQUEST');
    expect((await robin.browser.ask(ME)).data.viewer.user.email).toBe(robin.email);
  });

  it.each(FOREIGN)('sends no form of ours: %s', async (_name, headers) => {
    const form = await robin.browser.send('/sign-out', {}, headers);
    expect(form.status).toBe(403);
    const visitor = people.browser();
    const filled = { email: robin.email, password: PASSWORD };
    expect((await visitor.send('/sign-in', filled, headers)).status).toBe(403);
    expect(visitor.cookies.has(COOKIE)).toBe(false);
  });

  it('cannot send a form to GraphQL, in any dress that needs no preflight', async () => {
    const query = 'mutation { updateAccount(input: { name: "Taken" }) { account { name } } }';
    const cookie = `${COOKIE}=${robin.browser.cookies.get(COOKIE)}`;
    const bodies = [
      ['application/x-www-form-urlencoded', new URLSearchParams({ query }).toString()],
      ['text/plain', JSON.stringify({ query })],
      [
        'multipart/form-data; boundary=x',
        `--x\r\ncontent-disposition: form-data; name="query"\r\n\r\n${query}\r\n--x--`,
      ],
    ] as const;
    for (const [type, body] of bodies) {
      const response = await fetch(`${town.server.url}/graphql`, {
        method: 'POST',
        headers: { cookie, 'content-type': type, origin: 'https://evil.example' },
        body,
      });
      expect(await response.text()).not.toContain('"data":{"updateAccount":{"account"');
    }
    expect((await town.ask('{ viewer { account { name } } }')).viewer.account.name).toBe('Sandbox');
  });

  it('is not let near cookies by a preflight', async () => {
    const preflight = await fetch(`${town.server.url}/graphql`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://evil.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'x-switchboard-request',
      },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-credentials')).not.toBe('true');
  });

  it('cannot follow events: not by a stream, not by a socket', async () => {
    const stream = await fetch(`${town.server.url}/graphql?query=${encodeURIComponent(LIVE)}`, {
      headers: {
        accept: 'text/event-stream',
        cookie: `${COOKIE}=${robin.browser.cookies.get(COOKIE)}`,
        'sec-fetch-site': 'cross-site',
      },
    });
    expect(await stream.text()).toContain('CROSS_SITE_REQUEST');
    for (const headers of [{ origin: 'https://evil.example' }, {}]) {
      const socket = new WebSocket(
        `${town.server.url.replace('http', 'ws')}/graphql`,
        'graphql-transport-ws',
        { headers: { cookie: `${COOKIE}=${robin.browser.cookies.get(COOKIE)}`, ...headers } },
      );
      await once(socket, 'open');
      socket.send(JSON.stringify({ type: 'connection_init' }));
      expect((await once(socket, 'close'))[0]).toBe(4403);
    }
  });

  it('cannot show our pages in a frame of its own', async () => {
    for (const path of ['/graphql', '/sign-in', '/invitation?token=x', '/']) {
      const { status, headers } = await robin.browser.get(path, { accept: 'text/html' });
      expect([path, status, headers.get('x-frame-options')]).toEqual([path, 200, 'DENY']);
    }
  });

  it('with an API key of its own is as welcome as ever', async () => {
    const headers = { origin: 'https://partner.example', authorization: `Bearer ${town.key}` };
    const { data } = await robin.browser.ask('{ viewer { apiKey { name } } }', {}, headers);
    expect(data.viewer.apiKey.name).toBe('First key');
  });
});
