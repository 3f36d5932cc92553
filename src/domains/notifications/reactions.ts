// Every event that meets a rule becomes an alert and its job, in the transaction that moves the mirror's cursor: nobody is
// told of a thing twice by one rule, and nothing is forgotten, however often the process that does it is killed.
import type { Tx } from '#platform/db/index.ts';
import type { StoredEvent } from '#platform/events/index.ts';
import { defineMirror, type Mirror } from '#platform/events/reactions.ts';
import { newId } from '#platform/ids/index.ts';
import type { Platform } from '#platform/platform.ts';
import { sendAlertJob } from './jobs.ts';
import { isMet, OCCASION_EVENTS, occasionOf } from './occasions.ts';
import { readFacts } from './read-facts.ts';
import { readLiveRules } from './store.ts';
import { insertAlerts } from './store-alerts.ts';

type Needs = Pick<Platform, 'jobs' | 'clock'>;

/** The mirror of the log into alerts. It starts now: rules tell of what is to come. */
export function raiseAlerts(platform: Needs): Mirror {
  return defineMirror({
    name: 'notifications.raise-alerts',
    on: OCCASION_EVENTS,
    startAt: 'now',
    async write(tx, events) {
      for (const [accountId, told] of Map.groupBy(events, (event) => event.accountId)) {
        await raise(tx, platform, accountId, told);
      }
    },
  });
}

async function raise(
  tx: Tx,
  { jobs, clock }: Needs,
  accountId: string,
  events: readonly StoredEvent[],
): Promise<void> {
  const occasions = events.flatMap((event) => {
    const occasion = occasionOf(event);
    return occasion ? [{ ...occasion, eventId: event.id }] : [];
  });
  if (occasions.length === 0) return;
  const rules = await readLiveRules(tx, accountId);
  if (rules.length === 0) return;
  const facts = await readFacts(tx, accountId, occasions);
  const at = clock.now(accountId);
  const alerts = occasions.flatMap(({ thingId, key: occasion, eventId }) => {
    const fact = facts.get(thingId);
    if (!fact) return [];
    return rules
      .filter((rule) => isMet(rule, fact))
      .map(({ id: ruleId }) => ({ accountId, id: newId(), ruleId, eventId, occasion, at }));
  });
  if (alerts.length === 0) return;
  const made = await insertAlerts(tx, alerts);
  await jobs.enqueueAll(
    tx,
    sendAlertJob,
    made.map((alertId) => ({ accountId, alertId })),
  );
}
