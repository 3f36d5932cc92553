// What reactions-kill.long.test.ts and its child process share: two reactions to every event, one job for each.
import { z } from 'zod';
import { defineReaction } from '#platform/events/reactions.ts';
import { defineJob } from '#platform/jobs/index.ts';

export const tellJob = defineJob({
  name: 'tests.tell',
  payload: z.object({ reaction: z.string(), n: z.number() }),
  retryLimit: 0,
  retryDelaySeconds: 0,
  expireInSeconds: 60,
});

export const reactions = ['first', 'second'].map((name) =>
  defineReaction({
    name: `tests.${name}`,
    on: ['call.updated'],
    job: tellJob,
    payload: ({ payload }) => ({ reaction: name, n: Number(payload.n) }),
    startAt: 'beginning',
  }),
);
