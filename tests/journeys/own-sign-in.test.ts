// What people do about their own sign-in: passwords, sessions, accounts; and that nobody does it for them.
import { describe, expect, it } from 'vitest';
import { CHANGE_PASSWORD, ME, PASSWORD, peopleOf, REVOKE, SWITCH } from '#tests/support/people.ts';
import { openTown } from '#tests/support/town.ts';

const town = await openTown();
const people = peopleOf(town);
const robin = await people.arrives();
const COOKIE = 'switchboard_session';

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
