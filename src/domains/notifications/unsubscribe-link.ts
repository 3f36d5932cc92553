// The signed links by which who gets mails ends them, without signing in. Beside the rule they name the address, under
// the hash by which it is kept as ended: the rule may be gone by the time somebody clicks. They are good for as long as
// a mail is likely to be kept.
import { judgeLink, type Secrets, signLink } from '#platform/secrets/index.ts';
import { hashEnding } from './store-ended-addresses.ts';

const PURPOSE = 'unsubscribe';
const PATH =
  /^\/unsubscribe\/([0-9a-f-]{36})\/([0-9a-f-]{36})(\/all|\/summary)?(?:\/([\w-]{43}))?$/;
const LIVES_MS = 5 * 365 * 24 * 3_600_000;

/** What a link ends. */
export interface Unsubscription {
  accountId: string;
  ruleId: string;
  /** what the rule is one of: of ALERTS every one of the account ends that writes to the same address */
  kind: UnsubscriptionKind;
  /** the address and which of its mails (store-ended-addresses.ts); null in links of before there was one */
  endingHash: string | null;
}

export type UnsubscriptionKind = 'ALERT' | 'ALERTS' | 'SUMMARY';

/** A mail that is about to leave. */
export interface EndableMail {
  accountId: string;
  ruleId: string;
  kind: UnsubscriptionKind;
  /** the rule's; null = all of them */
  companyId: string | null;
  /** lower case */
  address: string;
}

const ENDINGS: Record<UnsubscriptionKind, string> = {
  ALERT: '',
  ALERTS: '/all',
  SUMMARY: '/summary',
};

/** The hash of what such a link ends: of one company, or by ALERTS of all. */
export function hashOfMail(
  secrets: Secrets,
  { accountId, companyId, kind, address }: Omit<EndableMail, 'ruleId'>,
): string {
  return hashEnding(secrets, {
    accountId,
    companyId: kind === 'ALERTS' ? null : companyId,
    kind: kind === 'SUMMARY' ? 'SUMMARY' : 'ALERT',
    email: address,
  });
}

/** @param root.publicUrl the server's root without a slash at its end */
export function unsubscribeLink(
  root: { secrets: Secrets; publicUrl: string },
  mail: EndableMail,
  now: Date,
): string {
  const { accountId, ruleId, kind } = mail;
  const hash = hashOfMail(root.secrets, mail);
  const path = `/unsubscribe/${accountId}/${ruleId}${ENDINGS[kind]}/${hash}`;
  return signLink(root, path, PURPOSE, now, LIVES_MS);
}

/**
 * Reads such a link.
 * @param timeOf an account's time
 * @returns what it ends, or why it is refused; null when the path is none of these
 */
export function readUnsubscribeLink(
  secrets: Secrets,
  url: URL,
  timeOf: (accountId: string) => Date,
): Unsubscription | 'EXPIRED' | 'FORGED' | null {
  const [, accountId, ruleId, ending = '', endingHash = null] = PATH.exec(url.pathname) ?? [];
  if (!accountId || !ruleId) return null;
  const judged = judgeLink(secrets, url, PURPOSE, timeOf(accountId));
  if (judged !== 'GOOD') return judged;
  const kinds = Object.keys(ENDINGS) as UnsubscriptionKind[];
  const kind = kinds.find((one) => ENDINGS[one] === ending) ?? 'ALERT';
  return { accountId, ruleId, kind, endingHash };
}
