// Does the job of a summary: one mail for each period, of two workers by one alone. A worker that dies between the mail and
// its mark leaves it to the next, whose mail carries the same Message-ID.
import type { JobHandler } from '#platform/jobs/index.ts';
import { handOver } from '#platform/mail/index.ts';
import type { Platform } from '#platform/platform.ts';
import { findRecipient } from '../find-recipient.ts';
import { sendSummaryJob } from '../jobs.ts';
import { unsubscribeLink } from '../unsubscribe-link.ts';
import { gatherSummary } from './gather-summary.ts';
import { dueAtOf, latestPeriod, missedBefore, type Period } from './period.ts';
import { claimSummary, findSummaryRule, type SummaryRuleRow, settleSummary } from './store.ts';
import { summaryLetter } from './summary-letter.ts';
import { summarySubject } from './update-summary-rule.ts';
import { zoneOfRule } from './zone-of-rule.ts';

export type SummaryNeeds = Pick<
  Platform,
  'db' | 'events' | 'clock' | 'mail' | 'secrets' | 'publicUrl'
>;

/** longer than a job may take: then whoever took it is dead, or the mail server would not have it */
const TAKEN_MS = 5 * 60_000;

/** Handles `notifications.send-summary`. */
export function sendSummaryHandler(
  platform: SummaryNeeds,
): JobHandler<{ accountId: string; summaryRuleId: string }> {
  const { db, clock } = platform;
  return {
    definition: sendSummaryJob,
    concurrency: 2,
    async run({ accountId, summaryRuleId }) {
      const now = clock.now(accountId);
      const rule = await findSummaryRule(db.prisma, accountId, summaryRuleId);
      if (!rule?.dueAt || rule.dueAt > now) return 'not due';
      const until = new Date(now.getTime() + TAKEN_MS);
      if (!(await claimSummary(db.prisma, rule, until))) return 'another worker has it';
      const timeZone = await zoneOfRule(db.prisma, rule);
      const { period } = latestPeriod({ ...rule, timeZone }, now);
      const outcome =
        period.to > rule.toldUntil ? await tell(platform, rule, timeZone, period) : 'told already';
      await settle(platform, rule, period.to);
      return outcome;
    },
  };
}

/** Sends it. Throws when another try may succeed: it is due again once it is no longer taken. */
async function tell(
  platform: SummaryNeeds,
  rule: SummaryRuleRow,
  timeZone: string,
  period: Period,
): Promise<string> {
  const { db, secrets, clock } = platform;
  const { accountId, id, companyId, frequency } = rule;
  const recipient = await findRecipient(platform, rule);
  if (!recipient) return 'nobody to write to';
  const wish = { companyId, frequency, timeZone, period };
  const summary = await gatherSummary({ db }, recipient.viewer, wish);
  if (!summary) return 'nothing that they may be told';
  const publicUrl = platform.publicUrl();
  const { address: to } = recipient;
  const ends = { accountId, ruleId: id, companyId, address: to, kind: 'SUMMARY' as const };
  const unsubscribeUrl = unsubscribeLink({ secrets, publicUrl }, ends, clock.now(accountId));
  const missed = missedBefore(period, rule.toldUntil);
  const letter = summaryLetter(summary, missed, { publicUrl, unsubscribeUrl });
  const mail = {
    ...letter,
    to,
    unsubscribeUrl,
    messageId: `summary-${id}-${period.to}`,
  };
  return (await handOver(platform.mail, mail)) ? 'sent' : 'refused by the mail server';
}

/** Marks the period as told, and sets when the next one is due by what the rule says now. */
async function settle(
  { db, events, clock }: SummaryNeeds,
  { accountId, id, frequency }: SummaryRuleRow,
  told: string,
): Promise<void> {
  await db.transaction(async (tx) => {
    await events.lock(tx, accountId, [summarySubject(id)]);
    const rule = await findSummaryRule(tx, accountId, id);
    if (!rule) return;
    const isSame = rule.frequency === frequency && told > rule.toldUntil;
    const toldUntil = isSame ? told : rule.toldUntil;
    const schedule = { ...rule, timeZone: await zoneOfRule(tx, rule) };
    const dueAt = dueAtOf(schedule, toldUntil, clock.now(accountId));
    await settleSummary(tx, rule, { toldUntil, dueAt });
  });
}
