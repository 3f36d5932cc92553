// Those who are not the person: planted and stolen cookies, guesses at who is here, links used twice or in part.
import { describe, expect, it, vi } from 'vitest';
import {
  ACCEPT,
  CHANGE_PASSWORD,
  ME,
  PASSWORD,
  peopleOf,
  REQUEST_RESET,
  RESET,
  SIGN_IN,
  SIGN_OUT,
  tokenIn,
} from '#tests/support/people.ts';
import { openTown } from '#tests/support/town.ts';

const town = await openTown();
const people = peopleOf(town);
const robin = await people.arrives();
const COOKIE = 'switchboard_session';

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
