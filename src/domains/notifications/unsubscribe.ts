// Ending mails by the link in one of them. The link is the right to do it.
import type { Platform } from '#platform/platform.ts';
import type { Addressee } from './addressee.ts';
import { endAlertRules, RULES_SUBJECT, readAddressees } from './store.ts';
import { endingsOf, insertEndedAddress } from './store-ended-addresses.ts';
import {
  endSummaryRules,
  readSummaryAddressees,
  SUMMARY_RULES_SUBJECT,
} from './summaries/store.ts';
import { summarySubject } from './summaries/update-summary-rule.ts';
import { hashOfMail, type Unsubscription } from './unsubscribe-link.ts';

/**
 * Ends such mails of the company, or after all alerts of any, to the address: its rules end and no new one may name it,
 * whether or not the rule of the mail still stands. Of a user, who has rules of their own, the link in a mail of one
 * ends that one as long as it stands. What is ended stays so.
 * @returns false when the rule was gone, and the link is of before links named the address: nothing is kept then
 */
export async function unsubscribe(
  { db, clock, secrets, events }: Pick<Platform, 'db' | 'clock' | 'secrets' | 'events'>,
  { accountId, ruleId, kind, endingHash }: Unsubscription,
): Promise<boolean> {
  const isSummary = kind === 'SUMMARY';
  return db.transaction(async (tx) => {
    const now = clock.now(accountId);
    // who makes a rule at the same time would not see that it is ended, nor be seen
    await events.lock(tx, accountId, [isSummary ? SUMMARY_RULES_SUBJECT : RULES_SUBJECT]);
    const rules = await (isSummary ? readSummaryAddressees : readAddressees)(tx, accountId);
    const own = rules.find(({ id }) => id === ruleId);
    const hash = endingHash ?? (own && hashOfMail(secrets, { ...own, accountId, kind }));
    if (!hash) return false;
    const isOne = kind !== 'ALERTS' && own !== undefined && own.userId !== null;
    const isEnded = ({ companyId, address: email }: Addressee) =>
      endingsOf(secrets, {
        ...{ accountId, companyId, email },
        kind: isSummary ? 'SUMMARY' : 'ALERT',
      }).includes(hash);
    const ids = rules
      .filter((rule) => rule.id === ruleId || (!isOne && isEnded(rule)))
      .map(({ id }) => id);
    // who changes a rule at the same time would make its mail due again
    if (isSummary) await events.lock(tx, accountId, ids.map(summarySubject));
    if (!isOne) await insertEndedAddress(tx, accountId, hash, now);
    await (isSummary ? endSummaryRules : endAlertRules)(tx, accountId, ids, now);
    return true;
  });
}
