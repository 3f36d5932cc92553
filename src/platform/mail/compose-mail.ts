// A mail as the library takes it, with the headers that our fields stand for.
import type { SendMailOptions } from 'nodemailer';
import type { Mail } from './port.ts';

/** @param from the sender: Name <address>, whose host the Message-ID takes */
export function composeMail(mail: Mail, from: string): SendMailOptions {
  const { to, subject, text, html, messageId, unsubscribeUrl } = mail;
  const host = /@([\w.-]+)/.exec(from)?.[1] ?? 'localhost';
  return {
    to,
    subject,
    text,
    ...(html && { html }),
    ...(messageId && { messageId: `<${messageId}@${host}>` }),
    ...(unsubscribeUrl && {
      headers: {
        'List-Unsubscribe': `<${unsubscribeUrl}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      },
    }),
  };
}
