// Does the job of an event: holds it against the rules, and each one that it meets has an alert and the alert's job.
// Nobody is told of a thing twice by one rule, however often it is tried.
import type { EventLog } from '#platform/events/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { JobHandler } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { raiseAlertsJob, sendAlertJob } from './jobs.ts';
import { isMet, occasionOf } from './occasions.ts';
import { readFact } from './read-fact.ts';
import { readLiveRules } from './store.ts';
import { insertAlerts } from './store-alerts.ts';

type Needs = Pick<Platform, 'db' | 'jobs' | 'clock'> & { events: Pick<EventLog, 'read'> };

/** Handles `notifications.raise-alerts`. The outcome tells how many alerts are new. */
export function raiseAlertsHandler({
  db,
  jobs,
  clock,
  events,
}: Needs): JobHandler<{ accountId: string; eventId: string }> {
  return {
    definition: raiseAlertsJob,
    concurrency: 2,
    async run({ accountId, eventId }) {
      const event = await events.read(accountId, eventId);
      const occasion = event && occasionOf(event);
      if (!occasion) return 'the event is gone';
      return db.transaction(async (tx) => {
        const fact = await readFact(tx, accountId, occasion);
        if (!fact) return 'nothing to tell of';
        const alerts = (await readLiveRules(tx, accountId))
          .filter((rule) => isMet(rule, fact))
          .map(({ id: ruleId }) => ({ id: newId(), ruleId }));
        if (alerts.length === 0) return 'alerts raised 0';
        const of = { eventId, occasion: occasion.key, at: clock.now(accountId) };
        const made = await insertAlerts(tx, accountId, of, alerts);
        const payloads = made.map((alertId) => ({ accountId, alertId }));
        await jobs.enqueueAll(tx, sendAlertJob, payloads);
        return `alerts raised ${made.length}`;
      });
    },
  };
}
