// This domain's jobs. Payload = ids.
import { z } from 'zod';
import { defineJob } from '#platform/jobs/index.ts';

const retries = { retryLimit: 10, retryDelaySeconds: 5, retryBackoff: true };

/** Holds one event against the rules of its account. */
export const raiseAlertsJob = defineJob({
  name: 'notifications.raise-alerts',
  payload: z.object({ accountId: z.uuid(), eventId: z.string() }),
  ...retries,
  expireInSeconds: 60,
});

/** Sends one alert, or holds it for the digest. Tried for about two hours. */
export const sendAlertJob = defineJob({
  name: 'notifications.send-alert',
  payload: z.object({ accountId: z.uuid(), alertId: z.uuid() }),
  ...retries,
  expireInSeconds: 60,
});

/** Tells one browser of an alert. What its push service does not take is put off, not tried again. */
export const sendPushJob = defineJob({
  name: 'notifications.send-push',
  payload: z.object({
    accountId: z.uuid(),
    alertId: z.uuid(),
    pushSubscriptionId: z.uuid(),
    /** how often it was put off; absent = never */
    putOffs: z.int().optional(),
  }),
  ...retries,
  retryLimit: 3,
  expireInSeconds: 30,
});

/** Sends the digest of an address. */
export const sendDigestJob = defineJob({
  name: 'notifications.send-digest',
  payload: z.object({
    accountId: z.uuid(),
    /** SHA-256, hex */
    addressHash: z.string().length(64),
  }),
  retryLimit: 0, // the next minute tries again
  retryDelaySeconds: 1,
  expireInSeconds: 120,
});

/** Looks for digests that are due, and forgets what is older than 30 days; to be scheduled once a minute. */
export const keepAlertsJob = defineJob({
  name: 'notifications.keep-alerts',
  payload: z.object({}),
  retryLimit: 0, // as above
  retryDelaySeconds: 1,
  expireInSeconds: 50,
});

/** Mails a member that an automation rule has fired. */
export const sendRuleNoticeJob = defineJob({
  name: 'notifications.send-rule-notice',
  payload: z.object({ accountId: z.uuid(), runId: z.uuid(), userId: z.uuid() }),
  ...retries,
  expireInSeconds: 60,
});

/** Sends one summary. */
export const sendSummaryJob = defineJob({
  name: 'notifications.send-summary',
  payload: z.object({ accountId: z.uuid(), summaryRuleId: z.uuid() }),
  retryLimit: 0, // it is due again after five minutes
  retryDelaySeconds: 1,
  expireInSeconds: 60,
});

/** Looks for summaries that are due; to be scheduled once a minute. */
export const keepSummariesJob = defineJob({
  name: 'notifications.keep-summaries',
  payload: z.object({}),
  retryLimit: 0, // the next minute tries again
  retryDelaySeconds: 1,
  expireInSeconds: 50,
});

/** Every job of this domain. */
export const notificationsJobs = [
  keepAlertsJob,
  keepSummariesJob,
  raiseAlertsJob,
  sendAlertJob,
  sendDigestJob,
  sendPushJob,
  sendRuleNoticeJob,
  sendSummaryJob,
];
