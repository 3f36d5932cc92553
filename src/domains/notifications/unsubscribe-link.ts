// The signed links by which who gets mails ends them, without signing in: those of one rule, or all alerts
// of the account to their address. They are good for as long as a mail is likely to be kept.
import { judgeLink, type Secrets, signLink } from '#platform/secrets/index.ts';

const PURPOSE = 'unsubscribe';
const PATH = /^\/unsubscribe\/([0-9a-f-]{36})\/([0-9a-f-]{36})(\/all|\/summary)?$/;
const LIVES_MS = 5 * 365 * 24 * 3_600_000;

/** What a link ends. */
export interface Unsubscription {
  accountId: string;
  ruleId: string;
  /** what the rule is one of: of ALERTS every one of the account ends that writes to the same address */
  kind: UnsubscriptionKind;
}

export type UnsubscriptionKind = 'ALERT' | 'ALERTS' | 'SUMMARY';

const ENDINGS: Record<UnsubscriptionKind, string> = {
  ALERT: '',
  ALERTS: '/all',
  SUMMARY: '/summary',
};

/** @param root.publicUrl the server's root without a slash at its end */
export function unsubscribeLink(
  root: { secrets: Secrets; publicUrl: string },
  { accountId, ruleId, kind }: Unsubscription,
  now: Date,
): string {
  const path = `/unsubscribe/${accountId}/${ruleId}${ENDINGS[kind]}`;
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
  const [, accountId, ruleId, ending = ''] = PATH.exec(url.pathname) ?? [];
  if (!accountId || !ruleId) return null;
  const judged = judgeLink(secrets, url, PURPOSE, timeOf(accountId));
  if (judged !== 'GOOD') return judged;
  const kinds = Object.keys(ENDINGS) as UnsubscriptionKind[];
  const kind = kinds.find((one) => ENDINGS[one] === ending) ?? 'ALERT';
  return { accountId, ruleId, kind };
}
