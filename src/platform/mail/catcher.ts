// A catcher for servers without SMTP: each mail becomes an .eml file, which any mail program opens.
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import nodemailer from 'nodemailer';
import { newId } from '#platform/ids/index.ts';
import type { Log } from '#platform/log/index.ts';
import { composeMail } from './compose-mail.ts';
import type { Mailer } from './port.ts';

/** More are not kept: the oldest go first. */
const MOST_MAILS = 500;

/**
 * Opens the catcher.
 * @param options.folder an absolute path, made at the first mail; readable by this user only, since mails carry links
 * @param options.log is told each file's path and nothing of the mail
 */
export function openCatcher(options: { folder: string; from: string; log: Log }): Mailer {
  const { folder, log } = options;
  const transport = nodemailer.createTransport(
    { streamTransport: true, buffer: true, newline: 'windows' },
    { from: options.from },
  );
  return {
    async send(mail) {
      const { message } = await transport.sendMail(composeMail(mail, options.from));
      await mkdir(folder, { recursive: true, mode: 0o700 });
      // ids rise with time, so names sort as the mails came
      const path = join(folder, `${newId()}.eml`);
      await writeFile(`${path}.part`, message as Buffer, { mode: 0o600 });
      await rename(`${path}.part`, path);
      log.info({ path }, 'a mail was kept as a file, since SMTP_URL is not set');
      await forgetOldest(folder);
    },
    close: () => transport.close(),
  };
}

async function forgetOldest(folder: string): Promise<void> {
  const kept = (await readdir(folder)).filter((name) => name.endsWith('.eml')).sort();
  for (const name of kept.slice(0, Math.max(0, kept.length - MOST_MAILS))) {
    await rm(join(folder, name), { force: true });
  }
}
