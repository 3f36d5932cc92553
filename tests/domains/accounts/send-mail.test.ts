// The job of a mail: tried again it does no harm, and what became of the person meanwhile decides.
import { describe, expect, it } from 'vitest';
import { addUser } from '#domains/accounts/add-user.ts';
import { changeUserRole } from '#domains/accounts/change-user-role.ts';
import { removeUser } from '#domains/accounts/remove-user.ts';
import { sendMailHandler } from '#domains/accounts/sign-in/send-mail.ts';
import { writePassword } from '#domains/accounts/sign-in/store.ts';
import { newId } from '#platform/ids/index.ts';
import { type Mailer, MailRefused } from '#platform/mail/index.ts';
import { freshDatabase } from '#tests/support/database.ts';
import type { Role } from '#values/scopes.ts';
import { foundAccount, noEvents, noJobs, START } from './town.ts';

const { db } = await freshDatabase();
const JOB = { id: '1', attempt: 1, lastAttempt: false, signal: new AbortController().signal };
let people = 0;

async function house() {
  const town = await foundAccount(db);
  const { clock, admin, account } = town;
  const mails: Parameters<Mailer['send']>[0][] = [];
  const refusals: MailRefused[] = [];
  const mail: Mailer = {
    async send(one) {
      const refusal = refusals.shift();
      if (refusal) throw refusal;
      mails.push(one);
    },
    close() {},
  };
  const publicUrl = () => 'https://calls.example.com';
  const handler = sendMailHandler({ db, clock, mail, publicUrl });
  const run = (kind: 'WELCOME' | 'PASSWORD_RESET' | 'PASSWORD_CHANGED', userId: string) =>
    handler.run({ kind, userId, accountId: kind === 'WELCOME' ? account.id : null }, JOB);
  const add = (role: Role = 'ADMIN') => {
    const email = `mail-${++people}@example.com`;
    return addUser({ db, clock, jobs: noJobs }, admin, { email, name: 'Robin', role });
  };
  const linksOf = (userId: string) => db.prisma.signInLink.count({ where: { userId } });
  return { ...town, mails, refusals, run, add, linksOf };
}

describe('a mail', () => {
  it('that was not taken is tried again, each time with a link of its own', async () => {
    const { run, add, refusals, mails, linksOf } = await house();
    const { id } = await add();
    refusals.push(new MailRefused('ECONNECTION', undefined, false));
    await expect(run('WELCOME', id)).rejects.toThrow('did not take the mail');
    expect(await run('WELCOME', id)).toBe('sent');
    expect(await run('WELCOME', id)).toBe('sent');
    expect(await linksOf(id)).toBe(3);
    const links = mails.map(({ text }) => /https:\S+/.exec(text)?.[0]);
    expect(new Set(links).size).toBe(2);
  });

  it('that is refused for good ends the job', async () => {
    const { run, add, refusals, mails } = await house();
    const { id } = await add();
    refusals.push(new MailRefused('EENVELOPE', 550, true));
    expect(await run('WELCOME', id)).toBe('refused by the mail server');
    expect(mails).toEqual([]);
  });

  it('is not written to who is nobody, no member any more, or only gets alerts', async () => {
    const { run, add, mails, admin, clock } = await house();
    await add();
    const nobody = newId();
    for (const kind of ['WELCOME', 'PASSWORD_RESET', 'PASSWORD_CHANGED'] as const) {
      expect(await run(kind, nobody)).toBe('nobody to write to');
    }
    const gone = await add();
    const elsewhere = await foundAccount(db);
    const { email } = gone.user;
    await addUser({ ...elsewhere }, elsewhere.admin, { email, name: 'Robin', role: 'AGENT' });
    await removeUser({ db, clock, events: noEvents }, admin, { userId: gone.id });
    expect(await run('WELCOME', gone.id)).toBe('not a member who signs in');
    expect(await run('PASSWORD_RESET', gone.id)).toBe('sent');
    const quiet = await add();
    await changeUserRole({ db, clock, events: noEvents }, admin, {
      userId: quiet.id,
      role: 'NOTIFICATION',
    });
    for (const kind of ['WELCOME', 'PASSWORD_RESET', 'PASSWORD_CHANGED'] as const) {
      expect(await run(kind, quiet.id)).toBe('not a member who signs in');
    }
    expect(mails).toHaveLength(1);
  });

  it('of welcome carries no link to choose a password when the person has one by then', async () => {
    const { run, add, mails, linksOf } = await house();
    const { id } = await add();
    await db.transaction((tx) => writePassword(tx, id, { hash: 'a hash', changedAt: START }));
    expect(await run('WELCOME', id)).toBe('sent');
    expect(mails[0]?.text).toContain('https://calls.example.com/sign-in\n');
    expect(await linksOf(id)).toBe(0);
  });

  it('has lines that travel unbroken, link and all', async () => {
    const { run, add, mails } = await house();
    const { id } = await add();
    for (const kind of ['WELCOME', 'PASSWORD_RESET', 'PASSWORD_CHANGED'] as const) {
      await run(kind, id);
    }
    const longest = mails.flatMap(({ text }) => text.split('\n').map((line) => line.length));
    expect(Math.max(...longest)).toBeLessThanOrEqual(76);
  });
});
