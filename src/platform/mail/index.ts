// The door to mail: over SMTP when SMTP_URL is set, otherwise into files under DATA_DIR/mail.
import { join } from 'node:path';
import type { Config } from '#platform/config/index.ts';
import type { Log } from '#platform/log/index.ts';
import { openCatcher } from './catcher.ts';
import type { Mailer } from './port.ts';
import { openSmtp } from './smtp.ts';

export { handOver } from './hand-over.ts';
export { type Mailer, MailRefused } from './port.ts';

/** Opens the way that the settings name. */
export function openMailer(
  config: Pick<Config, 'SMTP_URL' | 'MAIL_FROM' | 'DATA_DIR'>,
  log: Log,
): Mailer {
  const from = config.MAIL_FROM;
  if (config.SMTP_URL) return openSmtp({ url: config.SMTP_URL, from });
  return openCatcher({ folder: join(config.DATA_DIR, 'mail'), from, log });
}
