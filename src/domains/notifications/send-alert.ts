// Does the job of an alert: looks up who gets it and what they may be told now, and sends it, holds it or drops it.
import type { Selections } from '#graphql/selections.ts';
import type { JobHandler } from '#platform/jobs/index.ts';
import { handOver } from '#platform/mail/index.ts';
import type { Platform } from '#platform/platform.ts';
import { describeAlert } from './describe-alert.ts';
import { findRecipient } from './find-recipient.ts';
import { sendAlertJob } from './jobs.ts';
import { alertLetter } from './letters.ts';
import { type AlertRow, readAlert, writeAlert } from './store-alerts.ts';
import { takePlace } from './take-place.ts';
import { unsubscribeLink } from './unsubscribe-link.ts';

export type SendingNeeds = Pick<
  Platform,
  'db' | 'events' | 'clock' | 'config' | 'jobs' | 'log' | 'mail' | 'secrets' | 'publicUrl'
> & { selections: Selections };

/** Handles `notifications.send-alert`. */
export function sendAlertHandler(
  platform: SendingNeeds,
): JobHandler<{ accountId: string; alertId: string }> {
  return {
    definition: sendAlertJob,
    concurrency: 4,
    async run({ accountId, alertId }) {
      const alert = await readAlert(platform.db.prisma, accountId, alertId);
      if (!alert) return 'the alert is gone';
      if (alert.state !== 'PENDING') return 'settled already';
      return send(platform, alert);
    },
    async giveUp({ accountId, alertId }) {
      const alert = await readAlert(platform.db.prisma, accountId, alertId);
      if (alert?.state !== 'PENDING') return 'settled already';
      return drop(platform, alert, 'given up');
    },
  };
}

async function send(platform: SendingNeeds, alert: AlertRow): Promise<string> {
  const { db, clock, secrets } = platform;
  const { accountId, id, rule } = alert;
  if (rule.unsubscribedAt) return drop(platform, alert, 'unsubscribed');
  const recipient = await findRecipient(platform, rule);
  if (!recipient) return drop(platform, alert, 'nobody to write to');
  const told = await describeAlert(platform, recipient.viewer, alert);
  if (!told) return drop(platform, alert, 'nothing that they may be told');
  const { address: to } = recipient;
  const place = await takePlace(platform, alert, to);
  if (place !== 'SEND') return place === 'HELD' ? 'held for the digest' : 'settled already';
  const publicUrl = platform.publicUrl();
  const { id: ruleId, companyId } = rule;
  const ends = { accountId, ruleId, companyId, address: to, kind: 'ALERT' as const };
  const unsubscribeUrl = unsubscribeLink({ secrets, publicUrl }, ends, clock.now(accountId));
  const letter = alertLetter(told, { publicUrl, unsubscribeUrl });
  if (!(await handOver(platform.mail, { ...letter, to, messageId: id, unsubscribeUrl }))) {
    return drop(platform, alert, 'refused by the mail server');
  }
  await writeAlert(db.prisma, alert, { state: 'SENT' });
  return 'sent';
}

async function drop({ db }: SendingNeeds, alert: AlertRow, why: string): Promise<string> {
  await writeAlert(db.prisma, alert, { state: 'DROPPED' });
  return why;
}
