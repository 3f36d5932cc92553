// What the carrier tells of a call that was erased: it is emptied, and what it tells to have recorded is deleted there.
import { type CarrierEvent, eraseSessions } from '#platform/carrier/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { removeLateRecordingJob } from './jobs.ts';

/** Settles the waiting webhooks of an erased session. The caller holds the session's lock. */
export async function forgetLate(
  tx: Tx,
  { jobs, clock }: Pick<Platform, 'jobs' | 'clock'>,
  accountId: string,
  session: string,
  told: readonly CarrierEvent[],
): Promise<void> {
  if (told.some(({ kind }) => kind === 'recordingSaved')) {
    await jobs.enqueue(tx, removeLateRecordingJob, { accountId, session });
  }
  const at = clock.now(accountId);
  await eraseSessions(tx, accountId, {
    ...{ sessions: [session], subject: `session:${session}`, at },
  });
}
