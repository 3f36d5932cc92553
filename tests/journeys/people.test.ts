// People: invited by mail, signed in by a cookie, at home in several accounts, signed out. All through public doors.
import { describe, expect, it } from 'vitest';
import {
  ACCEPT,
  ERRORS,
  ME,
  PASSWORD,
  peopleOf,
  REQUEST_RESET,
  RESET,
  SIGN_IN,
  SIGN_OUT,
  SWITCH,
  tokenIn,
} from '#tests/support/people.ts';
import { openTown } from '#tests/support/town.ts';

// biome-ignore lint/suspicious/noExplicitAny: what the API tells of an entry
type Told = any;

const town = await openTown();
const people = peopleOf(town);
const stranger = await town.stranger();
const { viewer: home } = await town.ask('{ viewer { account { id } } }');

describe('a person', () => {
  it('is invited, chooses a password, asks, switches account, and signs out', async () => {
    const { email, id } = await people.invites({ role: 'MANAGER' });
    const mail = await people.mail(email);
    expect(mail.subject).toBe('You are invited to Switchboard');
    expect(mail.text).toContain('"Sandbox"');
    expect(mail.link).toMatch(new RegExp(`^${town.server.url}/invitation\\?token=[\\w-]{32}$`));
    const browser = people.browser();
    const input = { token: tokenIn(mail), password: PASSWORD, name: 'Robin R. Miller' };
    const accepted = await browser.ask(ACCEPT, { input });
    expect(accepted.data.acceptInvitation).toMatchObject({
      session: { membership: { name: 'Sandbox', role: 'MANAGER' } },
      userErrors: [],
    });
    const me = (await browser.ask(ME)).data.viewer;
    expect(me).toMatchObject({
      account: { id: home.account.id, name: 'Sandbox' },
      user: { id, email, name: 'Robin R. Miller' },
      role: 'MANAGER',
      accounts: [{ accountId: home.account.id, role: 'MANAGER' }],
      sessions: { totalCount: 1, nodes: [{ isCurrent: true, userAgent: 'Test Browser 1.0' }] },
    });
    expect(me.scopes).not.toContain('WEBHOOKS_WRITE');

    await people.invites({ email, role: 'ADMIN', key: stranger.key });
    const second = await people.mail(email, 2);
    expect([second.subject, second.link]).toEqual([
      'You were added to an account on Switchboard',
      `${town.server.url}/sign-in`,
    ]);
    const { accounts } = (await browser.ask(ME)).data.viewer;
    expect(accounts.map((one: { name: string }) => one.name)).toEqual(['Sandbox', 'Stranger']);
    const before = new Map(browser.cookies);
    const { accountId } = accounts[1];
    const switched = (await browser.ask(SWITCH, { input: { accountId } })).data.switchAccount;
    expect(switched.session).toMatchObject({ membership: { accountId, role: 'ADMIN' } });
    expect((await browser.ask(ME)).data.viewer).toMatchObject({
      account: { id: accountId, name: 'Stranger' },
      role: 'ADMIN',
    });
    const old = people.browser();
    for (const [name, value] of before) old.cookies.set(name, value);
    expect((await old.ask(ME)).errors?.[0]?.extensions.reason).toBe('UNKNOWN');

    const out = (await browser.ask(SIGN_OUT, { input: {} })).data.signOut;
    expect(out).toEqual({ endedSessions: 1, userErrors: [] });
    expect(browser.cookies.has('switchboard_session')).toBe(false);
    expect((await browser.ask(ME)).errors?.[0]?.extensions).toEqual({
      code: 'UNAUTHENTICATED',
      reason: 'MISSING',
    });
    const again = await people.signsIn(email);
    expect(again.session.membership.name).toBe('Sandbox');
  });

  it('who has forgotten the password gets a link, which ends every other session', async () => {
    const { email, browser } = await people.arrives();
    const elsewhere = people.browser();
    const asked = await elsewhere.ask(REQUEST_RESET, { input: { email } });
    expect(asked.data.requestPasswordReset).toEqual({ requested: true, userErrors: [] });
    const mail = await people.mail(email, 2);
    expect(mail.link).toContain('/reset?token=');
    const input = { token: tokenIn(mail), password: 'another four green doors' };
    const { session } = (await elsewhere.ask(RESET, { input })).data.resetPassword;
    expect(session.membership.name).toBe('Sandbox');
    expect((await browser.ask(ME)).errors?.[0]?.extensions.reason).toBe('UNKNOWN');
    expect((await elsewhere.ask(ME)).data.viewer.sessions.totalCount).toBe(1);
    expect((await people.signsIn(email)).userErrors[0].code).toBe('SIGN_IN_REFUSED');
    expect((await people.signsIn(email, input.password)).userErrors).toEqual([]);
    expect((await people.mail(email, 3)).subject).toBe('Your Switchboard password was changed');
  });

  it('who only gets alerts is not written to and cannot sign in', async () => {
    const { email, id } = await people.invites({ role: 'NOTIFICATION' });
    const asked = await people.browser().ask(REQUEST_RESET, { input: { email } });
    expect(asked.data.requestPasswordReset.requested).toBe(true);
    const send = `mutation($input: SendInvitationInput!) { sendInvitation(input: $input) { user { id } ${ERRORS} } }`;
    const { data } = await town.answer(send, { input: { userId: id } });
    expect(data.sendInvitation.userErrors[0].code).toBe('WRONG_STATE');
    // a mail that comes later shows that the job for this one is over
    await people.mail((await people.invites()).email);
    expect(await people.mailsTo(email)).toEqual([]);
  });

  it('who lost the mail is invited again, and both links are good until one is used', async () => {
    const { email, id } = await people.invites();
    const first = await people.mail(email);
    const send = `mutation($input: SendInvitationInput!) { sendInvitation(input: $input) { user { id } ${ERRORS} } }`;
    const input = { userId: id, idempotencyKey: `again-${id}` };
    for (let n = 0; n < 2; n += 1) {
      const { data } = await town.answer(send, { input });
      expect(data.sendInvitation).toEqual({ user: { id }, userErrors: [] });
    }
    const second = await people.mail(email, 2);
    const accept = async (token: string) =>
      (await people.browser().ask(ACCEPT, { input: { token, password: PASSWORD } })).data
        .acceptInvitation;
    expect((await accept(tokenIn(first))).userErrors).toEqual([]);
    for (const used of [first, second]) {
      expect((await accept(tokenIn(used))).userErrors).toMatchObject([
        { code: 'LINK_INVALID', field: ['token'] },
      ]);
    }
    const late = (await town.answer(send, { input: { userId: id } })).data.sendInvitation;
    expect(late.userErrors[0].code).toBe('WRONG_STATE');
    expect(await people.mailsTo(email)).toHaveLength(2);
  });

  it('whose membership ends before the mail is read cannot use the link', async () => {
    const { email, id } = await people.invites({ role: 'AGENT' });
    const token = tokenIn(await people.mail(email));
    await town.ask(
      'mutation($input: RemoveUserInput!) { removeUser(input: $input) { removedUserId userErrors { code } } }',
      { input: { userId: id } },
    );
    const { data } = await people.browser().ask(ACCEPT, { input: { token, password: PASSWORD } });
    expect(data.acceptInvitation.userErrors[0].code).toBe('LINK_INVALID');
  });
});

describe('the audit log', () => {
  it('tells of each step, by ids', async () => {
    const { email, id, session, browser } = await people.arrives();
    await browser.ask(SIGN_OUT, { input: {} });
    await people.signsIn(email, 'not the right words');
    await people.signsIn(email);
    await people.browser().ask(REQUEST_RESET, { input: { email } });
    const token = tokenIn(await people.mail(email, 2));
    await people.browser().ask(RESET, { input: { token, password: 'another four green doors' } });
    const of = async (action: string) =>
      (await people.audit(action)).filter((entry: Told) => entry.subjectId === id);
    const failed = await town.until(
      'the failed sign-in was told',
      async () => (await of('signInFailed'))[0],
    );
    expect(failed).toMatchObject({ actor: { kind: 'SYSTEM', part: 'sign-in' } });
    const person = { actor: { kind: 'USER', id } };
    expect(await of('acceptInvitation')).toMatchObject([person]);
    expect(await of('resetPassword')).toMatchObject([person]);
    expect(await of('requestPasswordReset')).toMatchObject([{ actor: { kind: 'SYSTEM' } }]);
    const mine = (await people.audit('signIn')).filter((entry: Told) => entry.actor.id === id);
    expect(mine).toMatchObject([{ subjectType: 'Session' }]);
    expect(await people.audit('signOut')).toContainEqual(
      expect.objectContaining({ subjectId: session.id }),
    );
    const { rows } = await town.server.platform.db.pool.query('select * from audit_entry');
    expect(rows.length).toBeGreaterThan(10);
    expect(JSON.stringify(rows)).not.toContain('@example.com');
  });
});

it('an API key neither signs in nor needs to: it has no session', async () => {
  const { data, errors } = await town.answer('{ viewer { accounts { name } } }');
  expect([data, errors]).toEqual([{ viewer: { accounts: null } }, undefined]);
  const refused = await town.answer('{ viewer { sessions { totalCount } } }');
  expect(refused.errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
  const switched = await people
    .browser()
    .ask(
      SWITCH,
      { input: { accountId: home.account.id } },
      { authorization: `Bearer ${town.key}`, 'x-switchboard-request': '1' },
    );
  expect(switched.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
});

it('signing in needs nothing but the one mutation: what else the operation asks for is refused', async () => {
  const { email } = await people.arrives();
  const query = `mutation($input: SignInInput!) { signIn(input: $input) { session { id } }
    updateAccount(input: { name: "Mine" }) { account { name } } }`;
  const both = await people.browser().ask(query, { input: { email, password: PASSWORD } });
  expect(both.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  const hidden = `mutation($input: SignInInput!) { signIn(input: $input) { session { id } } ...More }
    fragment More on Mutation { updateAccount(input: { name: "Mine" }) { account { name } } }`;
  const again = await people.browser().ask(hidden, { input: { email, password: PASSWORD } });
  expect(again.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  expect(SIGN_IN).toContain('signIn');
});
