// This domain's jobs.
import { z } from 'zod';
import { type AnyJobHandler, defineJob } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { purgeIdempotencyKeys } from './purge-idempotency-keys.ts';
import { purgeSignInsJob } from './sign-in/jobs.ts';
import { noteFailedSignInHandler } from './sign-in/note-failed-sign-in.ts';
import { purgeSignIns } from './sign-in/purge-sign-ins.ts';
import { sendMailHandler } from './sign-in/send-mail.ts';

export { noteFailedSignInJob, purgeSignInsJob, sendMailJob } from './sign-in/jobs.ts';

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
export function accountsJobHandlers(
  platform: Pick<Platform, 'db' | 'clock' | 'log' | 'mail' | 'publicUrl'>,
): AnyJobHandler[] {
  return [
    {
      definition: purgeIdempotencyKeysJob,
      run: async (_payload: object, { signal }) =>
        `purged ${await purgeIdempotencyKeys(platform, signal)}`,
    },
    {
      definition: purgeSignInsJob,
      run: async () => `purged ${await purgeSignIns(platform)}`,
    },
    sendMailHandler(platform),
    noteFailedSignInHandler(platform),
  ];
}
