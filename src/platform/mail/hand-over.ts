// Handing a mail to the mailer out of a job, which may be tried again: a mail that names itself (messageId) carries the same
// Message-ID then, by which mail programs and servers drop the second one.
import { type Mail, type Mailer, MailRefused } from './port.ts';

/**
 * Hands it over.
 * @returns false when it would be refused again. Throws MailRefused when another try may succeed
 */
export async function handOver(mailer: Pick<Mailer, 'send'>, mail: Mail): Promise<boolean> {
  try {
    await mailer.send(mail);
    return true;
  } catch (error) {
    if (error instanceof MailRefused && error.isFinal) return false;
    throw error;
  }
}
