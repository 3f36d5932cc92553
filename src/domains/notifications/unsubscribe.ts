// Ending mails by the link in one of them. The link is the right to do it.
import type { Platform } from '#platform/platform.ts';
import { addressOf, endRules, findAlertRule } from './store.ts';
import { insertEndedAddress } from './store-ended-addresses.ts';
import { endSummaryRule, findSummaryRule } from './summaries/store.ts';
import { summarySubject } from './summaries/update-summary-rule.ts';
import type { Unsubscription } from './unsubscribe-link.ts';

/**
 * Ends the rule, or all alert rules that write to the same address; what is ended stays so, and a rule that is gone is no
 * fault. An address that is nobody's is named by no new rule of that kind for that company, or after all alerts for any.
 * @returns false when the rule was gone, and with it the address: nothing is kept then
 */
export async function unsubscribe(
  { db, clock, secrets, events }: Pick<Platform, 'db' | 'clock' | 'secrets' | 'events'>,
  { accountId, ruleId, kind }: Unsubscription,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const now = clock.now(accountId);
    if (kind === 'SUMMARY') {
      // who changes the rule at the same time would make its mail due again
      await events.lock(tx, accountId, [summarySubject(ruleId)]);
      const rule = await findSummaryRule(tx, accountId, ruleId);
      if (rule?.email) {
        const { email, companyId } = rule;
        await insertEndedAddress(tx, { secrets }, { accountId, companyId, kind, email }, now);
      }
      await endSummaryRule(tx, accountId, ruleId, now);
      return rule !== null;
    }
    const rule = await findAlertRule(tx, accountId, ruleId);
    const address = await addressOf(tx, accountId, ruleId);
    if (!rule || address === null) return false;
    const isAll = kind === 'ALERTS';
    if (isAll || rule.email) {
      const ending = { accountId, companyId: isAll ? null : rule.companyId, email: address };
      await insertEndedAddress(tx, { secrets }, { ...ending, kind: 'ALERT' }, now);
    }
    await endRules(tx, accountId, isAll ? { address } : { id: ruleId }, now);
    return true;
  });
}
