// Every moment of an account that has rules gets a job that judges them, in the transaction that moves the mirror's cursor:
// none is forgotten and none is doubled, however often the process that does it is killed.
import { defineMirror, type Mirror } from '#platform/events/reactions.ts';
import type { Platform } from '#platform/platform.ts';
import { judgeRulesJob } from './jobs.ts';
import { MOMENT_EVENTS, momentOf } from './moments.ts';
import { accountsWithLiveRules } from './store.ts';

/** The mirror of the log into judgements. It starts now: rules act on what is to come. */
export function judgeMoments({ jobs }: Pick<Platform, 'jobs'>): Mirror {
  return defineMirror({
    name: 'automation.judge-moments',
    on: MOMENT_EVENTS,
    startAt: 'now',
    async write(tx, events) {
      const moments = events.filter((event) => momentOf(event) !== null);
      const ruled = await accountsWithLiveRules(
        tx,
        new Set(moments.map(({ accountId }) => accountId)),
      );
      const payloads = moments
        .filter(({ accountId }) => ruled.has(accountId))
        .map(({ accountId, id: eventId }) => ({ accountId, eventId }));
      if (payloads.length > 0) await jobs.enqueueAll(tx, judgeRulesJob, payloads);
    },
  });
}
