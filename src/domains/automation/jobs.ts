// This domain's jobs. Payload = ids.
import { z } from 'zod';
import { defineJob } from '#platform/jobs/index.ts';

/** Holds one event against the rules of its account. */
export const judgeRulesJob = defineJob({
  name: 'automation.judge-rules',
  payload: z.object({ accountId: z.uuid(), eventId: z.string() }),
  retryLimit: 13,
  // at first what is waited for is a job of the same moment
  retryDelaySeconds: 1,
  retryBackoff: true,
  expireInSeconds: 60,
});

/** Forgets judgements of events that are kept no longer. To be scheduled once a day. */
export const purgeJudgementsJob = defineJob({
  name: 'automation.purge-judgements',
  payload: z.object({}),
  retryLimit: 5,
  retryDelaySeconds: 60,
  retryBackoff: true,
  expireInSeconds: 3_600,
});
