// The pages for people, without a script: where the links of our mails lead, and where people sign in.
import { describe, expect, it } from 'vitest';
import { ME, PASSWORD, peopleOf } from '#tests/support/people.ts';
import { openTown } from '#tests/support/town.ts';

const town = await openTown();
const people = peopleOf(town);

describe('without a script', () => {
  it('a person sets the password on the page that the mail names, and signs out and in', async () => {
    const { email } = await people.invites();
    const { link } = await people.mail(email);
    const browser = people.browser();
    const path = link.slice(town.server.url.length);
    const page = await browser.get(path);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.headers.get('cache-control')).toBe('no-store');
    const short = await browser.send(path, { password: 'short', name: '' });
    expect([short.status, short.text]).toEqual([
      422,
      expect.stringContaining('password takes 12 to 200 characters'),
    ]);
    const done = await browser.send(path, { password: PASSWORD, name: 'Robin <b>' });
    expect([done.status, done.headers.get('location')]).toEqual([303, '/sign-in']);
    expect((await browser.get('/sign-in')).text).toContain('<strong>Sandbox</strong>');
    expect((await browser.ask(ME)).data.viewer.user.name).toBe('Robin <b>');
    expect((await browser.send('/sign-out', {})).status).toBe(303);
    expect((await browser.get('/sign-in')).text).toContain('<h1>Sign in</h1>');
    const wrong = await browser.send('/sign-in', { email, password: `${PASSWORD}"<x>` });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('or the password is wrong');
    expect(wrong.text).not.toContain(PASSWORD);
    expect((await browser.send('/sign-in', { email, password: PASSWORD })).status).toBe(303);
    expect((await browser.ask(ME)).data.viewer.user.email).toBe(email);
  });

  it('a person asks for a new password, and gets the same answer as nobody does', async () => {
    const { email } = await people.arrives();
    const browser = people.browser();
    const known = await browser.send('/forgot-password', { email });
    const unknown = await browser.send('/forgot-password', { email: 'nobody@example.com' });
    expect(known.status).toBe(200);
    expect(known.text).toBe(unknown.text);
    const { link } = await people.mail(email, 2);
    const path = link.slice(town.server.url.length);
    const done = await browser.send(path, { password: 'another four green doors' });
    expect(done.status).toBe(303);
    expect(await people.mailsTo('nobody@example.com')).toEqual([]);
  });

  it('what a stranger writes into an address or a form is shown as text', async () => {
    const browser = people.browser();
    const evil = '"><script>alert(1)</script>';
    const page = await browser.get(
      `/invitation?token=${encodeURIComponent(evil)}&name=${encodeURIComponent(evil)}`,
    );
    expect(page.text).not.toContain('<script');
    const sent = await browser.send('/sign-in', { email: evil, password: 'x' });
    expect(sent.status).toBe(422);
    expect(sent.text).not.toContain('<script');
  });
});
