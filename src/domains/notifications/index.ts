// Notifications: who wants to be told of what, by mail and in their browsers. An event that meets a rule becomes an alert, whose job writes what
// its recipient may read when it is sent; what comes too fast is summed up. Summaries tell
// the same people what a day, week or month came to.
import type { AnyJobHandler } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { keepAlertsHandler } from './keep-alerts.ts';
import { sendPushHandler } from './push/send-push.ts';
import { raiseAlertsHandler } from './raise-alerts.ts';
import { type SendingNeeds, sendAlertHandler } from './send-alert.ts';
import { sendDigestHandler } from './send-digest.ts';
import { sendRuleNoticeHandler } from './send-rule-notice.ts';
import { keepSummariesHandler } from './summaries/keep-summaries.ts';
import { sendSummaryHandler } from './summaries/send-summary.ts';

export { keepAlertsJob, keepSummariesJob, notificationsJobs } from './jobs.ts';
export { runAlerts } from './run-alerts.ts';
export { unsubscribe } from './unsubscribe.ts';
export { readUnsubscribeLink } from './unsubscribe-link.ts';

/** Who does this domain's jobs. */
export function notificationsJobHandlers(
  platform: SendingNeeds & Pick<Platform, 'outbound'>,
): AnyJobHandler[] {
  return [
    keepAlertsHandler(platform),
    raiseAlertsHandler(platform),
    sendAlertHandler(platform),
    sendDigestHandler(platform),
    keepSummariesHandler(platform),
    sendPushHandler(platform),
    sendRuleNoticeHandler(platform),
    sendSummaryHandler(platform),
  ];
}
