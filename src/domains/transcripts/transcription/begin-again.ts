// A transcript that is waited for from now on: its job, the sound that opens with its words, and who asked.
import { audit } from '#domains/accounts/index.ts';
import { announceChange, reopenUnwritten } from '#domains/calls/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import type { Viewer } from '#values/viewer.ts';
import { transcribeJob } from '../jobs.ts';

/** Begins it, in the transaction that made it WAITING. The call's lock is held. */
export async function beginAgain(
  tx: Tx,
  platform: Pick<Platform, 'events' | 'jobs' | 'clock'>,
  viewer: Viewer,
  of: { companyId: string; callId: string; recordingId: string; transcriptId: string },
): Promise<void> {
  const { accountId } = viewer;
  const { companyId, callId, recordingId, transcriptId } = of;
  await reopenUnwritten(tx, { accountId, id: recordingId });
  // by no key of its own: it is added once, as it is waited for once, and the job that failed may be ending still
  await platform.jobs.enqueue(tx, transcribeJob, { accountId, recordingId });
  const call = { accountId, callId, companyId };
  await announceChange(tx, platform, call, ['recording', 'transcript']);
  await audit(tx, viewer, platform.clock, {
    action: 'requestTranscription',
    subject: `call:${callId}`,
    after: { transcriptId },
  });
}
