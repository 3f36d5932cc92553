// Those who are not the person: other sites in the person's browser, planted and stolen cookies, guesses at who is here,
// links used twice, people of other accounts.
import { once } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import {
  ACCEPT,
  CHANGE_PASSWORD,
  ME,
  PASSWORD,
  peopleOf,
  REQUEST_RESET,
  RESET,
  REVOKE,
  SIGN_IN,
  SIGN_OUT,
  SWITCH,
  tokenIn,
} from '#tests/support/people.ts';
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

  it('with an API key of its own is as welcome as ever', async () => {
    const headers = { origin: 'https://partner.example', authorization: `Bearer ${town.key}` };
    const { data } = await robin.browser.ask('{ viewer { apiKey { name } } }', {}, headers);
    expect(data.viewer.apiKey.name).toBe('First key');
  });
});

describe('a cookie', () => {
  it('is for this host alone, out of reach of scripts and of other sites', async () => {
    const { browser } = await people.signsIn(robin.email);
    expect(browser.attributesOf(COOKIE)).toMatchObject({
      httpOnly: true,
      sameSite: 'lax',
      path: '/',
    });
    expect(browser.attributesOf(COOKIE)?.domain).toBeUndefined();
  });

  it('that was planted before is worth nothing after: signing in always gives a new token', async () => {
    const attacker = await people.arrives();
    const planted = attacker.browser.cookies.get(COOKIE) ?? '';
    const victim = people.browser();
    for (const token of [planted, 'a-token-that-nobody-gave-out-but-the-attacker']) {
      victim.cookies.set(COOKIE, token);
      await victim.ask(SIGN_IN, { input: { email: robin.email, password: PASSWORD } });
      expect(victim.cookies.get(COOKIE)).not.toBe(token);
      const thief = people.browser();
      thief.cookies.set(COOKIE, token);
      expect((await thief.ask(ME)).errors?.[0]?.extensions.reason).toBe('UNKNOWN');
    }
  });

  it('is worth nothing after signing out, elsewhere too when everywhere was asked', async () => {
    const { browser, email } = await people.arrives();
    const { browser: other } = await people.signsIn(email);
    const stolen = people.browser();
    stolen.cookies.set(COOKIE, other.cookies.get(COOKIE) ?? '');
    const out = (await browser.ask(SIGN_OUT, { input: { everywhere: true } })).data.signOut;
    expect(out.endedSessions).toBe(2);
    expect((await stolen.ask(ME)).errors?.[0]?.extensions.reason).toBe('UNKNOWN');
  });

  it('lies nowhere in the database, nor does a password or a link', async () => {
    const { email, browser } = await people.arrives();
    await people.browser().ask(REQUEST_RESET, { input: { email } });
    const link = tokenIn(await people.mail(email, 2));
    const { pool } = town.server.platform.db;
    const { rows: tables } = await pool.query(
      "select table_schema || '.' || table_name as name from information_schema.tables where table_type = 'BASE TABLE' and table_schema in ('public', 'pgboss')",
    );
    expect(tables.length).toBeGreaterThan(30);
    const dump: string[] = [];
    for (const { name } of tables) {
      const { rows } = await pool.query(`select row_to_json(t)::text as row from ${name} t`);
      dump.push(...rows.map(({ row }) => row));
    }
    const all = dump.join('\n');
    const secrets = [browser.cookies.get(COOKIE) ?? '', link, PASSWORD];
    for (const secret of secrets) {
      expect(secret.length).toBeGreaterThan(20);
      expect(all).not.toContain(secret);
      // nor as bytes, which row_to_json writes in hexadecimal digits
      expect(all).not.toContain(Buffer.from(secret).toString('hex'));
    }
    // the search would find what is there, and limits and queues hold no address
    expect(all).toContain(email);
    const { rows: limits } = await pool.query('select key from rate_limit');
    expect(limits.length).toBeGreaterThan(2);
    expect(JSON.stringify(limits)).not.toMatch(/@|127\.0\.0\.1/);
  });
});

describe('somebody who wants to know who is here', () => {
  it('gets one answer, after the same work, for all who cannot sign in', async () => {
    const invited = await people.invites();
    const silent = await people.invites({ role: 'NOTIFICATION' });
    const enqueue = vi.spyOn(town.server.platform.jobs, 'enqueue');
    const answers = [];
    const jobs = [];
    for (const email of [robin.email, invited.email, silent.email, 'nobody@example.com']) {
      enqueue.mockClear();
      const { data } = await people
        .browser()
        .ask(SIGN_IN, { input: { email, password: 'not the right words' } });
      answers.push(JSON.stringify(data));
      jobs.push(enqueue.mock.calls.map(([, job]) => job.name));
    }
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain('SIGN_IN_REFUSED');
    expect(new Set(jobs.map(String))).toEqual(new Set(['accounts.note-failed-sign-in']));
    const resets = [];
    for (const email of [robin.email, 'no-one@example.com']) {
      enqueue.mockClear();
      const { data } = await people.browser().ask(REQUEST_RESET, { input: { email } });
      resets.push([JSON.stringify(data), enqueue.mock.calls.map(([, job]) => job.name)]);
    }
    expect(resets[0]).toEqual(resets[1]);
    expect(resets[0]?.[1]).toEqual(['accounts.send-mail']);
    enqueue.mockRestore();
  });
});

describe('a link', () => {
  it('works for what it was sent for only, and only whole', async () => {
    const { email } = await people.invites();
    const token = tokenIn(await people.mail(email));
    const browser = people.browser();
    const codeOf = async (query: string, name: string, input: object) =>
      (await browser.ask(query, { input })).data[name].userErrors[0]?.code;
    const input = { token, password: PASSWORD };
    expect(await codeOf(RESET, 'resetPassword', input)).toBe('LINK_INVALID');
    for (const bad of ['', token.slice(1), `${token}a`, "' or 1=1 --"]) {
      const tried = await codeOf(ACCEPT, 'acceptInvitation', { ...input, token: bad });
      expect(tried).toBe('LINK_INVALID');
    }
    expect(browser.cookies.size).toBe(0);
    expect(await codeOf(ACCEPT, 'acceptInvitation', input)).toBeUndefined();
  });

  it('used by two at once sets one password', async () => {
    const { email } = await people.invites();
    const token = tokenIn(await people.mail(email));
    const passwords = ['one, four green doors', 'two, four green doors', 'three, four green doors'];
    const ends = await Promise.all(
      passwords.map((password) => people.browser().ask(ACCEPT, { input: { token, password } })),
    );
    const won = ends.map(({ data }) => data.acceptInvitation.userErrors.length === 0);
    expect(won.filter(Boolean)).toHaveLength(1);
    for (const [n, password] of passwords.entries()) {
      expect((await people.signsIn(email, password)).userErrors.length === 0).toBe(won[n]);
    }
  });

  it('of a reset dies with the password’s next change', async () => {
    const { email, browser } = await people.arrives();
    await people.browser().ask(REQUEST_RESET, { input: { email } });
    const token = tokenIn(await people.mail(email, 2));
    const change = { currentPassword: PASSWORD, newPassword: 'other four green doors' };
    expect(
      (await browser.ask(CHANGE_PASSWORD, { input: change })).data.changePassword.userErrors,
    ).toEqual([]);
    const input = { token, password: 'another four green doors' };
    const late = await people.browser().ask(RESET, { input });
    expect(late.data.resetPassword.userErrors[0].code).toBe('LINK_INVALID');
  });
});

describe('a password', () => {
  it.each([
    ['eleven chars', 'abcdefghijk'],
    ['one letter again and again', 'aaaaaaaaaaaaaaaaaaaa'],
    ['longer than anybody types', 'abcdefghij'.repeat(21)],
  ])('is not taken when it is %s', async (_name, newPassword) => {
    const { data } = await robin.browser.ask(CHANGE_PASSWORD, {
      input: { currentPassword: PASSWORD, newPassword },
    });
    expect(data.changePassword.userErrors).toMatchObject([
      { code: 'INVALID_INPUT', field: ['newPassword'] },
    ]);
  });

  it('does not hold the person’s own address', async () => {
    const { browser, email } = await people.arrives();
    const newPassword = `my ${email.toUpperCase()} word`;
    const { data } = await browser.ask(CHANGE_PASSWORD, {
      input: { currentPassword: PASSWORD, newPassword },
    });
    expect(data.changePassword.userErrors[0]).toMatchObject({ field: ['newPassword'] });
  });

  it('is changed by who knows the old one, and the other sessions end', async () => {
    const { browser, email } = await people.arrives();
    const { browser: other } = await people.signsIn(email);
    const before = browser.cookies.get(COOKIE);
    const change = async (currentPassword: string) =>
      (
        await browser.ask(CHANGE_PASSWORD, {
          input: { currentPassword, newPassword: 'other four green doors' },
        })
      ).data.changePassword;
    expect((await change('guess guess guess')).userErrors[0]).toMatchObject({
      code: 'SIGN_IN_REFUSED',
      field: ['currentPassword'],
    });
    expect((await other.ask(ME)).errors).toBeUndefined();
    expect((await change(PASSWORD)).userErrors).toEqual([]);
    expect((await other.ask(ME)).errors?.[0]?.extensions.reason).toBe('UNKNOWN');
    expect(browser.cookies.get(COOKIE)).not.toBe(before);
    expect((await browser.ask(ME)).data.viewer.sessions.totalCount).toBe(1);
    // the same letters in another Unicode dress are the same password
    expect((await people.signsIn(email, 'ｏther four green doors')).userErrors).toEqual([]);
  });
});

describe('another person', () => {
  it('cannot see or end a session that is not theirs, nor enter an account that is not', async () => {
    const stranger = await town.stranger();
    const mallory = await people.arrives({ key: stranger.key });
    const colleague = await people.arrives();
    const theirs = robin.session.id;
    for (const { browser } of [mallory, colleague]) {
      const { data } = await browser.ask('query($id: ID!) { node(id: $id) { id } }', {
        id: theirs,
      });
      expect(data.node).toBeNull();
      const revoked = (await browser.ask(REVOKE, { input: { sessionId: theirs } })).data;
      expect(revoked.revokeSession.userErrors[0].code).toBe('NOT_FOUND');
    }
    const { accountId } = robin.session.membership;
    const entered = (await mallory.browser.ask(SWITCH, { input: { accountId } })).data;
    expect(entered.switchAccount.userErrors).toMatchObject([
      { code: 'NOT_FOUND', field: ['accountId'] },
    ]);
    const seen = await mallory.browser.ask(
      '{ users { nodes { email } } viewer { account { name } } }',
    );
    expect(seen.data.viewer.account.name).toBe('Stranger');
    expect(seen.data.users.nodes).toEqual([{ email: mallory.email }]);
    expect((await robin.browser.ask(ME)).errors).toBeUndefined();
  });

  it('with a session of their own ends it by its id', async () => {
    const { browser, email } = await people.arrives();
    const { browser: other, session } = await people.signsIn(email);
    const { data } = await browser.ask(REVOKE, { input: { sessionId: session.id } });
    expect(data.revokeSession).toEqual({ revokedSessionId: session.id, userErrors: [] });
    expect((await other.ask(ME)).errors?.[0]?.extensions.reason).toBe('UNKNOWN');
    expect((await browser.ask(ME)).data.viewer.sessions.totalCount).toBe(1);
  });
});
