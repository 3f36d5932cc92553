// Mail to people: the port, and the one error that its ways may throw.

/** One mail to one person. */
export interface Mail {
  to: string;
  subject: string;
  text: string;
  /** the same for programs that show it, whole: <html>…; it loads nothing */
  html?: string;
  /** names the mail: when it is sent twice, what knows the name drops the second; without it each gets its own */
  messageId?: string;
  /** ends mails of this kind by one POST (RFC 8058), or by opening it */
  unsubscribeUrl?: string;
}

export interface Mailer {
  /**
   * Hands a mail over; it may still be returned to its sender later. Sending twice sends two mails.
   * @throws MailRefused
   */
  send(mail: Mail): Promise<void>;
  close(): void;
}

/**
 * The mail was not taken. What the server answered is left out, since servers repeat addresses in it.
 */
export class MailRefused extends Error {
  override name = 'MailRefused';
  /** true: the same mail would be refused again; false: try later */
  readonly isFinal: boolean;
  /**
   * @param code the library's word: EAUTH, ECONNECTION, EENVELOPE
   * @param status the reply code of SMTP, when there was a reply
   */
  constructor(code: string, status: number | undefined, isFinal: boolean) {
    super(`The mail server did not take the mail (${code}${status ? `, reply ${status}` : ''}).`);
    this.isFinal = isFinal;
  }
}
