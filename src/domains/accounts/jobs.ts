// This domain's jobs.
import { z } from 'zod';
import type { Clock } from '#platform/clock/index.ts';
import type { Db } from '#platform/db/index.ts';
import { defineJob, type JobHandler } from '#platform/jobs/index.ts';
import { purgeIdempotencyKeys } from './purge-idempotency-keys.ts';

/** Drops answers of idempotent requests after their 24 hours; to be scheduled once an hour. */
export const purgeIdempotencyKeysJob = defineJob({
  name: 'accounts.purge-idempotency-keys',
  payload: z.object({}),
  retryLimit: 3,
  retryDelaySeconds: 60,
  retryBackoff: true,
  expireInSeconds: 300,
});

/** Who does this domain's jobs. */
export function accountsJobHandlers(platform: {
  db: Db;
  clock: Clock;
}): JobHandler<Record<string, never>>[] {
  return [
    {
      definition: purgeIdempotencyKeysJob,
      run: async () => `purged ${await purgeIdempotencyKeys(platform)}`,
    },
  ];
}
