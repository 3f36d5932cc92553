// Does the job of a notification: one message to one browser about one alert. It tells what happened, where and under which
// id, and nothing of the person: the app behind the notification asks for that with its user's rights.
import { createHash } from 'node:crypto';
import type { Selections } from '#graphql/selections.ts';
import type { JobHandler } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { pushKeysOf, sealPush } from '#platform/push/index.ts';
import { describeAlert, type Told } from '../describe-alert.ts';
import { findRecipient } from '../find-recipient.ts';
import { sendPushJob } from '../jobs.ts';
import { titleOf } from '../letters.ts';
import { type AlertRow, readAlert } from '../store-alerts.ts';
import { openTarget } from './push-target.ts';
import { dropPushSubscription, findPushSubscription, type PushSubscriptionRow } from './store.ts';

export type PushNeeds = Pick<
  Platform,
  'db' | 'events' | 'clock' | 'config' | 'jobs' | 'log' | 'secrets' | 'outbound' | 'publicUrl'
> & { selections: Selections };

interface Payload {
  accountId: string;
  alertId: string;
  pushSubscriptionId: string;
}

/** what is older is no news: neither sent any more, nor kept by a push service */
const NEWS_MS = 4 * 3_600_000;
/** a push service that says "later" is not believed beyond this */
const LONGEST_WAIT_MS = 3_600_000;
/** the browser has left, or never was (RFC 8030, 7.3) */
const GONE = [404, 410];

/** Handles `notifications.send-push`. */
export function sendPushHandler(platform: PushNeeds): JobHandler<Payload> {
  const { db, clock } = platform;
  return {
    definition: sendPushJob,
    concurrency: 4,
    async run(payload, { signal }) {
      const { accountId, alertId, pushSubscriptionId } = payload;
      const browser = await findPushSubscription(db.prisma, accountId, pushSubscriptionId);
      if (!browser) return 'the browser is gone';
      const alert = await readAlert(db.prisma, accountId, alertId);
      if (!alert || alert.rule.userId !== browser.userId) return 'the alert is gone';
      if (alert.rule.unsubscribedAt) return 'unsubscribed';
      if (clock.now(accountId).getTime() - alert.at.getTime() > NEWS_MS) return 'no news any more';
      const recipient = await findRecipient(platform, alert.rule);
      const told = recipient && (await describeAlert(platform, recipient.viewer, alert));
      if (!told) return 'nothing that they may be told';
      return send(platform, payload, { browser, alert, told }, signal);
    },
  };
}

async function send(
  platform: PushNeeds,
  payload: Payload,
  { browser, alert, told }: { browser: PushSubscriptionRow; alert: AlertRow; told: Told },
  signal: AbortSignal,
): Promise<string> {
  const { db, clock, jobs, log, secrets, outbound } = platform;
  const message = {
    text: JSON.stringify(noticeOf(told)),
    // of rules that tell of one thing, the browser shows one notification
    topic: createHash('sha256').update(alert.occasion).digest('base64url').slice(0, 32),
    ttlSeconds: NEWS_MS / 1_000,
  };
  const by = { ...pushKeysOf(secrets), subject: subjectOf(platform) };
  const letter = sealPush(openTarget(secrets, browser), message, by);
  const { status, failure, retryAfterMs } = await outbound.post({ ...letter, signal });
  if (status !== null && status >= 200 && status < 300) return 'pushed';
  if (status !== null && GONE.includes(status)) {
    await dropPushSubscription(db.prisma, browser);
    return 'the browser takes no more';
  }
  const isPassing =
    status === null ? failure !== 'ADDRESS_REFUSED' : status === 429 || status >= 500;
  if (!isPassing) {
    log.warn({ pushSubscriptionId: browser.id, status, failure }, 'a notification was refused');
    return 'refused by the push service';
  }
  if (retryAfterMs === null)
    throw new Error(`The push service did not take it (${status ?? failure}).`);
  const wait = Math.min(retryAfterMs, LONGEST_WAIT_MS);
  const startAfter = new Date(clock.now(payload.accountId).getTime() + wait);
  await db.transaction((tx) => jobs.enqueue(tx, sendPushJob, payload, { startAfter }));
  return 'put off by the push service';
}

/** What the browser is told. */
function noticeOf(told: Told) {
  const { call, message, formSubmission, chat, company } = told;
  const [kind, thing] = call
    ? ['CALL', call]
    : message
      ? ['TEXT', message]
      : formSubmission
        ? ['FORM', formSubmission]
        : ['CHAT', chat];
  return { kind, id: thing?.id, title: titleOf(told), company: company?.name ?? null };
}

/** How a push service reaches whoever runs this server. */
function subjectOf({ config, publicUrl }: Pick<Platform, 'config' | 'publicUrl'>): string {
  const url = publicUrl();
  if (url.startsWith('https:')) return url;
  return `mailto:${/[^\s<]+@[^\s>]+/.exec(config.MAIL_FROM)?.[0] ?? 'switchboard@localhost'}`;
}
