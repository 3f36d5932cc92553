// Hands a mail of this domain to the mailer. A mail that is sent twice carries the same Message-ID, by which mail
// programs and servers drop the second one.
import { MailRefused } from '#platform/mail/index.ts';
import type { Platform } from '#platform/platform.ts';
import type { Letter } from './letters.ts';

/**
 * Sends it.
 * @param letter.id names the mail
 * @returns false when it would be refused again. Throws MailRefused when another try may succeed
 */
export async function sendMail(
  { mail }: Pick<Platform, 'mail'>,
  letter: Letter & { html?: string; to: string; id: string; unsubscribeUrl: string },
): Promise<boolean> {
  const { id, ...rest } = letter;
  try {
    await mail.send({ ...rest, messageId: id });
    return true;
  } catch (error) {
    if (error instanceof MailRefused && error.isFinal) return false;
    throw error;
  }
}
