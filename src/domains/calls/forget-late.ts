// What the carrier tells of a call that was erased: it is emptied, and a recording that it tells of is deleted there.
import { type CarrierEvent, eraseSession } from '#platform/carrier/index.ts';
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
  const payloads = told.flatMap((event) =>
    event.kind === 'recordingSaved' ? { accountId, carrierRecordingId: event.recordingId } : [],
  );
  await jobs.enqueueAll(tx, removeLateRecordingJob, payloads);
  const at = clock.now(accountId);
  await eraseSession(tx, accountId, { session, subject: `session:${session}`, at });
}
