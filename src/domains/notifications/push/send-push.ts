// Does the job of a notification: one message to one browser about one alert. It tells what happened, where and under which
// id, and nothing of the person: the app behind the notification asks for that with its user's rights. A browser whose push
// service does not answer rests longer and longer, so that it keeps no worker from the browsers of others.
import { createHash } from 'node:crypto';
import type { Selections } from '#graphql/selections.ts';
import type { JobHandler } from '#platform/jobs/index.ts';
import type { Exchange } from '#platform/outbound/index.ts';
import type { Platform } from '#platform/platform.ts';
import { pushKeysOf, sealPush } from '#platform/push/index.ts';
import { describeAlert, type Told } from '../describe-alert.ts';
import { findRecipient } from '../find-recipient.ts';
import { sendPushJob } from '../jobs.ts';
import { titleOf } from '../letters.ts';
import { type AlertRow, readAlert } from '../store-alerts.ts';
import { openTarget } from './push-target.ts';
import {
  dropPushSubscription,
  findPushSubscription,
  type PushSubscriptionRow,
  settlePush,
} from './store.ts';

export type PushNeeds = Pick<
  Platform,
  'db' | 'events' | 'clock' | 'config' | 'jobs' | 'log' | 'secrets' | 'outbound' | 'publicUrl'
> & { selections: Selections };

interface Payload {
  accountId: string;
  alertId: string;
  pushSubscriptionId: string;
  putOffs?: number | undefined;
}

/** what is older is no news: neither sent any more, nor kept by a push service */
const NEWS_MS = 4 * 3_600_000;
/** push services answer within a second; an endpoint that hangs holds a worker no longer than this */
const ANSWER_MS = 5_000;
/** how long a browser rests after a failure: doubled each time, and whatever its push service says never less or more */
const SHORTEST_REST_MS = 30_000;
const LONGEST_REST_MS = 3_600_000;
/** a message that was put off so often is dropped */
const MOST_PUT_OFFS = 5;
/** by the rests between them these take 23 hours; then the browser is dropped */
const MOST_FAILURES = 30;
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
      const now = clock.now(accountId);
      if (now.getTime() - alert.at.getTime() > NEWS_MS) return 'no news any more';
      if (browser.restsUntil && browser.restsUntil > now) {
        return putOff(platform, payload, browser.restsUntil);
      }
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
  const { db, log, secrets } = platform;
  const message = {
    text: JSON.stringify(noticeOf(told)),
    // of rules that tell of one thing, the browser shows one notification
    topic: createHash('sha256').update(alert.occasion).digest('base64url').slice(0, 32),
    ttlSeconds: NEWS_MS / 1_000,
  };
  const by = { ...pushKeysOf(secrets), subject: subjectOf(platform) };
  const letter = sealPush(openTarget(secrets, browser), message, by);
  const { status, failure, retryAfterMs } = await post(platform, letter, signal);
  if (status !== null && status >= 200 && status < 300) {
    if (browser.failures > 0)
      await settlePush(db.prisma, browser, { failures: 0, restsUntil: null });
    return 'pushed';
  }
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
  return rest(platform, payload, browser, retryAfterMs ?? 0);
}

/** Posts it; whoever does not answer in time has not answered. */
async function post(
  { outbound }: Pick<Platform, 'outbound'>,
  letter: ReturnType<typeof sealPush>,
  stop: AbortSignal,
): Promise<Pick<Exchange, 'status' | 'failure' | 'retryAfterMs'>> {
  const late = AbortSignal.timeout(ANSWER_MS);
  try {
    return await outbound.post({ ...letter, signal: AbortSignal.any([stop, late]) });
  } catch (error) {
    if (stop.aborted || !late.aborted) throw error;
    return { status: null, failure: 'TIMEOUT', retryAfterMs: null };
  }
}

/** Has the browser rest after a failure, and drops one that has failed for too long. */
async function rest(
  platform: PushNeeds,
  payload: Payload,
  browser: PushSubscriptionRow,
  askedMs: number,
): Promise<string> {
  const { db, clock } = platform;
  const failures = browser.failures + 1;
  if (failures >= MOST_FAILURES) {
    await dropPushSubscription(db.prisma, browser, browser.failures);
    return 'the browser was out of reach for too long';
  }
  const wait = Math.max(askedMs, SHORTEST_REST_MS * 2 ** browser.failures);
  const now = clock.now(payload.accountId).getTime();
  const restsUntil = new Date(now + Math.min(wait, LONGEST_REST_MS));
  await settlePush(db.prisma, browser, { failures, restsUntil });
  return putOff(platform, payload, restsUntil);
}

async function putOff(
  { db, jobs }: Pick<Platform, 'db' | 'jobs'>,
  payload: Payload,
  startAfter: Date,
): Promise<string> {
  const putOffs = (payload.putOffs ?? 0) + 1;
  if (putOffs > MOST_PUT_OFFS) return 'put off too often';
  const again = { ...payload, putOffs };
  await db.transaction((tx) => jobs.enqueue(tx, sendPushJob, again, { startAfter }));
  return 'put off';
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
