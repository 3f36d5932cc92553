// Reading caught mails as a mail program would.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import PostalMime from 'postal-mime';

export interface ReceivedMail {
  from: string;
  to: string;
  subject: string;
  text: string;
  /** the first address in the text, whole */
  link: string;
  /** the other headers, by their names in lower case */
  headers: Record<string, string>;
}

/** The mails in a catcher's folder, first come first. */
export async function readMails(folder: string): Promise<ReceivedMail[]> {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((name) => name.endsWith('.eml'));
  return Promise.all(files.sort().map((name) => readMail(readFileSync(join(folder, name)))));
}

/** One mail, from its raw form. */
export async function readMail(raw: Buffer | string): Promise<ReceivedMail> {
  const mail = await PostalMime.parse(raw);
  const text = mail.text ?? '';
  return {
    from: mail.from?.address ?? '',
    to: mail.to?.map(({ address }) => address).join(', ') ?? '',
    subject: mail.subject ?? '',
    text,
    headers: Object.fromEntries(mail.headers.map(({ key, value }) => [key, value])),
    link: /https?:\/\/\S+/.exec(text)?.[0] ?? '',
  };
}
