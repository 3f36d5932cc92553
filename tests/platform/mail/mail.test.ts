// One contract for both ways of a mail, and what each does on its own when things go wrong.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { openMailer } from '#platform/mail/index.ts';
import { readMail, readMails } from '#tests/support/mailbox.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { startSmtpServer } from './smtp-server.ts';

const folder = temporaryFolder();
const smtp = await startSmtpServer();
const logged: string[] = [];
const log = pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) });
const settings = { DATA_DIR: folder, MAIL_FROM: 'Switchboard <calls@example.com>' };
const caught = openMailer({ ...settings, SMTP_URL: undefined }, log);
const sent = openMailer({ ...settings, SMTP_URL: smtp.url }, log);

const text = `Grüße, Robin!\n\n.a line that begins with a dot\n\nhttp://127.0.0.1:4000/x?token=${'a'.repeat(90)}\n`;
const mail = { to: 'robin@example.com', subject: 'A “subject”, not plain', text };

describe.each([
  ['caught', caught, () => readMails(join(folder, 'mail'))],
  ['sent', sent, () => Promise.all(smtp.taken.map(readMail))],
] as const)('a mail that is %s', (_name, mailer, received) => {
  it('arrives whole, with sender, subject and a link that is not broken', async () => {
    await mailer.send(mail);
    const last = (await received()).at(-1);
    expect(last).toMatchObject({
      from: 'calls@example.com',
      to: 'robin@example.com',
      subject: mail.subject,
      link: `http://127.0.0.1:4000/x?token=${'a'.repeat(90)}`,
    });
    expect(last?.text.replaceAll('\r\n', '\n').trim()).toBe(text.trim());
  });

  it('cannot be given a second recipient or header by a subject', async () => {
    await mailer.send({ ...mail, subject: 'One\r\nBcc: other@example.com\r\n\r\nbody' });
    const last = (await received()).at(-1);
    expect(last?.to).toBe('robin@example.com');
    expect(last?.subject).toContain('Bcc: other@example.com');
  });
});

describe('the catcher', () => {
  it('tells the path of the file and nothing of the mail, which only this user can read', async () => {
    await caught.send(mail);
    const files = readdirSync(join(folder, 'mail')).sort();
    const path = join(folder, 'mail', files.at(-1) ?? '');
    expect(JSON.parse(logged.at(-1) ?? '{}')).toMatchObject({ path });
    expect(logged.join('')).not.toMatch(/robin|token=|subject/i);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'mail')).mode & 0o777).toBe(0o700);
    expect(files.filter((name) => !name.endsWith('.eml'))).toEqual([]);
  });

  it('keeps the newest 500', async () => {
    for (let n = 0; n < 502; n += 1) await caught.send({ ...mail, subject: `Mail ${n}` });
    const mails = await readMails(join(folder, 'mail'));
    expect([mails.length, mails[0]?.subject, mails.at(-1)?.subject]).toEqual([
      500,
      'Mail 2',
      'Mail 501',
    ]);
  });
});

describe('a mail server that does not take a mail', () => {
  it.each([
    ['550 no such user robin@example.com', true],
    ['451 try later, robin@example.com', false],
  ])(
    '“%s”: is final: %s, and its words about people stay out of the error',
    async (reply, isFinal) => {
      smtp.answers(reply);
      const error = await sent.send(mail).catch((thrown) => thrown);
      smtp.answers('250 yes');
      expect(error).toMatchObject({ name: 'MailRefused', isFinal });
      expect(error.message).toContain(reply.slice(0, 3));
      expect(JSON.stringify([error, error.message, error.stack, error.cause])).not.toContain(
        'robin',
      );
    },
  );

  it('because it is not there: may be tried again', async () => {
    const nobody = openMailer({ ...settings, SMTP_URL: 'smtp://127.0.0.1:1' }, log);
    const error = await nobody.send(mail).catch((thrown) => thrown);
    expect(error).toMatchObject({ name: 'MailRefused', isFinal: false });
  });
});
