// The end of a recording: by somebody's wish, or by the company's retention. The row says so first, in the transaction
// that tells of it and enqueues the removal of the file; so a crash at any point loses neither.
import { z } from 'zod';
import { audit, authorize } from '#domains/accounts/index.ts';
import type { Recording } from '#generated/prisma/client.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { notFound, policyRefused } from '#values/refusals.ts';
import { nameActor, type Viewer } from '#values/viewer.ts';
import { announceChange } from './announce-change.ts';
import { removeRecordingJob } from './jobs.ts';
import { companyOfCall } from './read-calls.ts';
import { markRecordingGone } from './store-recordings.ts';

type Needs = Pick<Platform, 'events' | 'clock' | 'jobs'>;

const shape = z.object({ callId: z.uuid(), kind: z.enum(['CALL', 'VOICEMAIL']) });

/**
 * Deletes the audio of a call or of its voicemail, here and at the carrier. What is left is the row that says when and by
 * whom; the transcript goes too, unless the company keeps transcripts.
 * @returns the call's id, also when the recording was deleted before. Throws Forbidden; Refused INVALID_INPUT, NOT_FOUND,
 *   WRONG_STATE while the recording is not stored yet.
 */
export async function deleteRecording(
  platform: Needs & Pick<Platform, 'db'>,
  viewer: Viewer,
  request: z.input<typeof shape>,
): Promise<string> {
  authorize(viewer, 'recordings.delete');
  const { callId, kind } = parseInput(shape, request);
  const { accountId } = viewer;
  const companyId = await companyOfCall(platform.db, viewer, callId);
  authorize(viewer, 'recordings.delete', companyId);
  await platform.db.transaction(async (tx) => {
    await platform.events.lock(tx, accountId, [`call:${callId}`]);
    const recording = await tx.recording.findUnique({
      where: { accountId_callId_kind: { accountId, callId, kind } },
    });
    if (!recording) throw notFound('kind', 'Recording');
    if (recording.state === 'DELETED' || recording.state === 'EXPIRED') return;
    // the carrier may hold one that could not be fetched
    if (recording.state !== 'READY' && recording.state !== 'FAILED') {
      const message = 'This recording is not stored yet. Delete it once it is READY.';
      throw policyRefused('WRONG_STATE', message, { field: 'kind' });
    }
    await endRecording(tx, platform, recording, { state: 'DELETED', by: nameActor(viewer.actor) });
    await audit(tx, viewer, platform.clock, {
      action: 'deleteRecording',
      subject: `call:${callId}`,
      before: { recordingId: recording.id, kind, sizeBytes: recording.sizeBytes },
    });
  });
  return callId;
}

/** Ends a recording that is stored, or will not come. The caller holds the call's lock. */
export async function endRecording(
  tx: Tx,
  platform: Needs,
  recording: Pick<Recording, 'accountId' | 'id' | 'callId' | 'companyId' | 'kind'>,
  end: { state: 'DELETED' | 'EXPIRED'; by: string },
): Promise<void> {
  const { accountId, id: recordingId, kind } = recording;
  await markRecordingGone(tx, recording, { ...end, at: platform.clock.now(accountId) });
  const field = kind === 'CALL' ? 'recording' : 'voicemail';
  await announceChange(tx, platform, recording, [field], {
    deletedRecordingId: recordingId,
  });
  await platform.jobs.enqueue(tx, removeRecordingJob, { accountId, recordingId });
}
