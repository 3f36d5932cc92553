// Tells the accounts of a person, in their audit logs, that somebody failed to sign in under the person's address.
import type { Clock } from '#platform/clock/index.ts';
import type { Db } from '#platform/db/index.ts';
import type { JobHandler } from '#platform/jobs/index.ts';
import { auditPerson } from './audit-person.ts';
import { noteFailedSignInJob } from './jobs.ts';

/** Handles `accounts.note-failed-sign-in`; for an address that nobody has there is nobody to tell. */
export function noteFailedSignInHandler({
  db,
  clock,
}: {
  db: Db;
  clock: Clock;
}): JobHandler<{ userId: string }> {
  return {
    definition: noteFailedSignInJob,
    async run({ userId }) {
      const told = await db.transaction((tx) =>
        auditPerson(tx, clock, userId, 'signInFailed', 'sign-in'),
      );
      return `told ${told} accounts`;
    },
  };
}
