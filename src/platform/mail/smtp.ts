// Mail over SMTP, to the server that SMTP_URL names.
import nodemailer, { type NodemailerError } from 'nodemailer';
import { composeMail } from './compose-mail.ts';
import { type Mailer, MailRefused } from './port.ts';

/** A mail server that says nothing for so long is given up; the job tries again. */
const TIMEOUT_MS = 20_000;

/**
 * Opens the way to a mail server; nothing is connected before the first mail.
 * @param options.url smtp:// (STARTTLS where the server offers it) or smtps://, with user and password where needed
 * @param options.from the sender: Name <address>
 */
export function openSmtp(options: { url: string; from: string }): Mailer {
  const transport = nodemailer.createTransport(
    {
      url: options.url,
      connectionTimeout: TIMEOUT_MS,
      greetingTimeout: TIMEOUT_MS,
      socketTimeout: TIMEOUT_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    { from: options.from },
  );
  return {
    async send(mail) {
      try {
        await transport.sendMail(composeMail(mail, options.from));
      } catch (thrown) {
        const { code, responseCode, permanent } = thrown as NodemailerError;
        throw new MailRefused(code ?? 'UNKNOWN', responseCode, permanent === true);
      }
    },
    close: () => transport.close(),
  };
}
