// This domain's job: what is known of visitors is dropped when it is as old as communication records may become.
import { z } from 'zod';
import { defineJob, type JobHandler } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { purgeVisitors } from './purge-visitors.ts';

/** To be scheduled once a day. */
export const purgeVisitorsJob = defineJob({
  name: 'visitors.purge',
  payload: z.object({}),
  retryLimit: 5,
  retryDelaySeconds: 60,
  retryBackoff: true,
  expireInSeconds: 3_600,
});

/** The worker's side of `visitors.purge`. The outcome tells how many rows went. */
export function purgeVisitorsHandler(
  platform: Pick<Platform, 'db' | 'clock' | 'log'>,
): JobHandler<Record<string, never>> {
  return {
    definition: purgeVisitorsJob,
    async run(_payload, { signal }) {
      return `purged ${await purgeVisitors(platform, signal)}`;
    },
  };
}
