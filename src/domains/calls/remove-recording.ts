// The job that removes the audio of a recording that is gone: from our storage, then at the carrier. Each part is noted
// when it is done, the end too, and doing it again does nothing.
import type { JobHandler } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { findAtCarrier } from './find-at-carrier.ts';
import { removeLateRecordingJob, removeRecordingJob } from './jobs.ts';
import { recordingFolder } from './recording-key.ts';
import { findRecordingOfCall } from './recordings.ts';
import { forgetKey, markAudioGone } from './store-recordings.ts';

/** The worker's side of `calls.remove-recording`. Outcomes: gone, kept, removed. */
export function removeRecordingHandler({
  db,
  clock,
  storage,
  carriers,
}: Pick<Platform, 'db' | 'clock' | 'storage' | 'carriers'>): JobHandler<{
  accountId: string;
  recordingId: string;
}> {
  return {
    definition: removeRecordingJob,
    concurrency: 2,
    async run({ accountId, recordingId: id }) {
      const { prisma } = db;
      const row = await findRecordingOfCall(db, accountId, id);
      if (!row) return 'gone';
      if (!row.deletedAt) return 'kept';
      if (row.storageKey) {
        await storage.remove(row.storageKey);
        await storage.removeAll(recordingFolder(row));
        await forgetKey(prisma, accountId, id, 'storageKey');
      }
      // one that never came here may be there all the same, under an id that we were not told
      if (row.carrierRecordingId || row.failure) {
        const carrier = await carriers.of(accountId);
        const there = row.carrierRecordingId ?? (await findAtCarrier(carrier, row))?.recordingId;
        if (there) await carrier.deleteRecording(there);
        await forgetKey(prisma, accountId, id, 'carrierRecordingId');
      }
      await markAudioGone(prisma, accountId, id, clock.now(accountId));
      return 'removed';
    },
  };
}

/** The worker's side of `calls.remove-late-recording`. Outcome: removed (also when it was gone already). */
export function removeLateRecordingHandler({
  carriers,
}: Pick<Platform, 'carriers'>): JobHandler<{ accountId: string; session: string }> {
  return {
    definition: removeLateRecordingJob,
    async run({ accountId, session }) {
      await (await carriers.of(accountId)).deleteRecordingsOf(session);
      return 'removed';
    },
  };
}
