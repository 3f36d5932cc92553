// Ending mails by the link in one of them. The link is the right to do it.
import type { Platform } from '#platform/platform.ts';
import { addressOf, endRules } from './store.ts';
import { endSummaryRule } from './summaries/store.ts';
import type { Unsubscription } from './unsubscribe-link.ts';

/** Ends the rule, or all alert rules that write to the same address; what is ended stays so, and a rule that is gone is no fault. */
export async function unsubscribe(
  { db, clock }: Pick<Platform, 'db' | 'clock'>,
  { accountId, ruleId, kind }: Unsubscription,
): Promise<void> {
  await db.transaction(async (tx) => {
    const now = clock.now(accountId);
    if (kind === 'SUMMARY') return endSummaryRule(tx, accountId, ruleId, now);
    const address = await addressOf(tx, accountId, ruleId);
    if (address === null) return;
    const which = kind === 'ALERTS' ? { address } : { id: ruleId };
    await endRules(tx, accountId, which, now);
  });
}
