// Every event that rules may tell of gets a job that holds it against them, in the transaction that moves the mirror's
// cursor: no event is forgotten, however often the process that does it is killed. The mirror itself does no more than
// that, since all accounts wait for its transaction: a burst at one of them costs the others a row for each event.
import { defineMirror, type Mirror } from '#platform/events/reactions.ts';
import type { Platform } from '#platform/platform.ts';
import { raiseAlertsJob, sendRuleNoticeJob } from './jobs.ts';
import { OCCASION_EVENTS, occasionOf } from './occasions.ts';
import { accountsWithRules } from './store.ts';

/** The mirror of the log into alerts. It starts now: rules tell of what is to come. */
export function raiseAlerts({ jobs }: Pick<Platform, 'jobs'>): Mirror {
  return defineMirror({
    name: 'notifications.raise-alerts',
    on: OCCASION_EVENTS,
    startAt: 'now',
    async write(tx, events) {
      const occasions = events.filter((event) => occasionOf(event) !== null);
      const accountIds = new Set(occasions.map(({ accountId }) => accountId));
      const ruled = await accountsWithRules(tx, [...accountIds]);
      const payloads = occasions
        .filter(({ accountId }) => ruled.has(accountId))
        .map(({ accountId, id: eventId }) => ({ accountId, eventId }));
      if (payloads.length > 0) await jobs.enqueueAll(tx, raiseAlertsJob, payloads);
    },
  });
}

/** The mirror of rules that fired into mails, one for each member whom they name. */
export function tellFiredRules({ jobs }: Pick<Platform, 'jobs'>): Mirror {
  return defineMirror({
    name: 'notifications.tell-fired-rules',
    on: ['rule.fired'],
    startAt: 'now',
    async write(tx, events) {
      const payloads = events.flatMap(({ accountId, payload }) =>
        (payload.userIds as string[]).map((userId) => ({
          ...{ accountId, userId },
          runId: String(payload.runId),
        })),
      );
      if (payloads.length > 0) await jobs.enqueueAll(tx, sendRuleNoticeJob, payloads);
    },
  });
}
