// This domain's job: devices that were lost are told of.
import { z } from 'zod';
import { defineJob, type JobHandler } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { expirePresences } from './expire-presences.ts';

/** To be scheduled once a minute. */
export const expirePresencesJob = defineJob({
  name: 'agents.expire-presences',
  payload: z.object({}),
  retryLimit: 0, // the next minute tries again
  retryDelaySeconds: 1,
  expireInSeconds: 50,
});

/** The worker's side of `agents.expire-presences`. The outcome tells how many were lost. */
export function expirePresencesHandler(
  platform: Pick<Platform, 'db' | 'events' | 'clock' | 'log'>,
): JobHandler<Record<string, never>> {
  return {
    definition: expirePresencesJob,
    async run(_payload, { signal }) {
      return `expired ${await expirePresences(platform, signal)}`;
    },
  };
}
