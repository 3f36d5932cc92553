// A recording that was to be written down and is not, since the company has switched transcription off meanwhile: it is
// heard like one of which nobody asked for words.
import { type RecordingOfCall, settleRedaction } from '#domains/calls/index.ts';
import type { Platform } from '#platform/platform.ts';
import { deleteUnfinished } from '../store.ts';

/** Settles it, and drops what an earlier try began. What was written down before the switch stays. */
export async function leaveUnwritten(
  slice: Pick<Platform, 'db' | 'events' | 'clock' | 'jobs'>,
  recording: RecordingOfCall & { storageKey: string },
): Promise<void> {
  if (recording.redaction !== 'PENDING') return;
  const { accountId, callId, id } = recording;
  await slice.db.transaction(async (tx) => {
    await slice.events.lock(tx, accountId, [`call:${callId}`]);
    await deleteUnfinished(tx, accountId, id);
    await settleRedaction(tx, slice, recording, 'NONE');
  });
}
